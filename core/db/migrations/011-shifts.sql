-- Heads and shifts: who is on duty, what is reported once a day or month, and the words by which tickets are found.

-- One person of the desk is on duty at a time. A shift changes hands when the other one accepts; until then the first stays.
create table shift (
  id bigint generated always as identity primary key,
  person_id bigint not null references person,
  began_at timestamptz not null,
  ended_at timestamptz,
  note text check (note <> ''), -- what is open and what to watch, in the words of who hands over or ends
  offered_to bigint references person, -- asked to take over
  handed_to bigint references person, -- took over; null: nobody did
  check (offered_to is null or note is not null),
  check (handed_to is null or (ended_at is not null and note is not null)),
  check (handed_to <> person_id)
);
create unique index shift_open on shift ((ended_at is null)) where ended_at is null;

-- What is sent to many once for each day or month, also when two processes or a restart run the task.
create table report_sent (
  report text not null check (report in ('morning-digest', 'weaknesses')),
  day date not null, -- local; of a month its first one
  at timestamptz not null,
  primary key (report, day)
);

-- Search -----------------------------------------------------------------------------------------------------------

-- The requester was told of the step, or of the correction, so its words are theirs to read.
alter table entry add column is_told boolean not null default false;
update entry set is_told = true
where kind = 'step' and step in (
  'announce-maintenance', 'refer-to-vendor', 'complaint-is-invalid', 'ask-requester', 'close', 'close-unanswered',
  'confirm-resolved-by-phone', 'report-still-bad-by-phone');

-- All words of a ticket. Not generated columns: they come from many rows of several tables.
create table ticket_words (
  ticket_id bigint primary key references ticket,
  for_requester tsvector not null, -- what the requester's side may read
  for_desk tsvector not null -- that, and internal notes
);
create index ticket_words_for_requester on ticket_words using gin (for_requester);
create index ticket_words_for_desk on ticket_words using gin (for_desk);

-- By their stems ("perbaikan", "diperbaiki") and as they stand (names, numbers, half a word). Of a very long history the
-- oldest words are left out: each change reads all of it again.
create function words_of(text) returns tsvector language sql immutable parallel safe as $$
  select strip(to_tsvector('pg_catalog.indonesian', plain) || to_tsvector('pg_catalog.simple', plain))
  from regexp_replace(lower(left($1, 30000)), '[^[:alnum:]]+', ' ', 'g') as plain
$$;

-- All of the words, each at its beginning; of one letter only where it is a digit, and eight at most.
create function words_sought(text) returns tsquery language sql immutable parallel safe as $$
  select coalesce(string_agg(
    '(' || coalesce(nullif(to_tsquery('pg_catalog.indonesian', word || ':*')::text, '') || ' | ', '')
    || to_tsquery('pg_catalog.simple', word || ':*')::text || ')', ' & '), '')::tsquery
  from (
    select word from regexp_split_to_table(lower($1), '[^[:alnum:]]+') as word
    where length(word) > 1 or word ~ '[0-9]'
    limit 8
  ) as sought
$$;

-- The answers of a form or a step, without instants, which nobody types as they are stored.
create function words_in(answers jsonb) returns text language sql immutable parallel safe as $$
  select string_agg(value, ' ') from jsonb_each_text(answers) where value !~ '^\d{4}-\d{2}-\d{2}T'
$$;

create function refresh_ticket_words(changed bigint) returns void language plpgsql as $$
begin
  -- Whoever comes second waits here, and then reads what the first one wrote.
  perform from ticket_words where ticket_id = changed for update;
  insert into ticket_words (ticket_id, for_requester, for_desk)
  select
    changed,
    words_of(concat_ws(' ', ticket.subject, person.name, office.code, office.name, ticket.resolution,
      words_in(ticket.answers - 'contact'), said.openly)),
    words_of(concat_ws(' ', ticket.subject, person.name, office.code, office.name, ticket.resolution,
      words_in(ticket.answers), said.at_all))
  from ticket
  join person on person.id = ticket.requester_id
  join office on office.id = ticket.office_id
  cross join lateral (
    select
      string_agg(words_in(entry.answers), ' ' order by entry.id desc) filter (
        where entry.is_told
        or entry.kind in ('comment', 'reply', 'pending', 'urgency', 'rated')
        or (entry.kind = 'step' and entry.role = 'user')) as openly,
      string_agg(words_in(entry.answers), ' ' order by entry.id desc) as at_all
    from entry where entry.ticket_id = ticket.id
  ) as said
  where ticket.id = changed
  on conflict (ticket_id) do update set for_requester = excluded.for_requester, for_desk = excluded.for_desk;
end
$$;

create function ticket_words_changed() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'entry' then
    perform refresh_ticket_words(new.ticket_id);
  elsif tg_table_name = 'ticket' then
    perform refresh_ticket_words(new.id);
  elsif tg_table_name = 'person' then
    perform refresh_ticket_words(id) from ticket where requester_id = new.id order by id;
  else
    perform refresh_ticket_words(id) from ticket where office_id = new.id order by id;
  end if;
  return null;
end
$$;

create trigger ticket_words_filed after insert on ticket for each row execute function ticket_words_changed();
create trigger ticket_words_changed after update of subject, answers, resolution, requester_id, office_id on ticket
  for each row when (
    (old.subject, old.answers, old.resolution, old.requester_id, old.office_id)
    is distinct from (new.subject, new.answers, new.resolution, new.requester_id, new.office_id))
  execute function ticket_words_changed();
create trigger ticket_words_said after insert on entry
  for each row when (new.answers <> '{}') execute function ticket_words_changed();
create trigger ticket_words_renamed after update of name on person
  for each row when (old.name <> new.name) execute function ticket_words_changed();
create trigger ticket_words_renamed after update of code, name on office
  for each row when ((old.code, old.name) <> (new.code, new.name)) execute function ticket_words_changed();

select refresh_ticket_words(id) from ticket order by id;

-- Lists of open tickets, oldest first, and what was closed lately.
create index ticket_open on ticket (reported_at, id) where ended_at is null;
create index ticket_ended on ticket (ended_at) where ended_at is not null;
create index ticket_by_procedure on ticket (procedure, reported_at);
