-- IPAM: which addresses there are, and who has them, had them, or will have them.

-- Networks that know nothing of each other: the same addresses may be in several, once in each.
create table address_zone (
  id bigint generated always as identity primary key,
  name text not null check (name <> '')
);
create unique index address_zone_named on address_zone (lower(name));

-- A network. Within a zone two of them lie apart or one lies in the other, which is its parent: that is how networks are,
-- so it is nowhere stored. A removed one stays for the history of its addresses.
create table prefix (
  id bigint generated always as identity primary key,
  zone_id bigint not null references address_zone,
  network cidr not null,
  name text not null check (name <> ''),
  added_by bigint not null references person,
  added_at timestamptz not null,
  removed_by bigint references person,
  removed_at timestamptz,
  check ((removed_by is null) = (removed_at is null)),
  unique (id, zone_id, network)
);
create unique index prefix_once on prefix (zone_id, network) where removed_at is null;

create type address_span as range (subtype = inet);

-- What each part of a prefix is, and was: every usable address that is in no prefix nested in it is in exactly one
-- range that has not ended. Nobody's assignment is ever overwritten: it ends, and another row begins.
create table address_range (
  id bigint generated always as identity primary key,
  prefix_id bigint not null,
  zone_id bigint not null,
  network cidr not null,
  kind text not null check (kind in ('free', 'kept-free', 'reserved', 'assigned', 'quarantined')),
  first inet not null,
  last inet not null,
  name text check (name <> ''), -- what it is for
  office_id bigint references office,
  ticket_id bigint references ticket,
  letter text check (letter <> ''), -- its number
  since timestamptz,
  begun_by bigint references person,
  until timestamptz, -- when the clock ends a reservation or a quarantine
  ended_at timestamptz,
  ended_by bigint references person, -- null: the clock
  foreign key (prefix_id, zone_id, network) references prefix (id, zone_id, network),
  check (first <= last and first <<= network and last <<= network),
  check (masklen(first) = masklen(last) and masklen(first) = case family(first) when 4 then 32 else 128 end),
  check (first = last or kind in ('free', 'kept-free')),
  check ((kind = 'free') = (since is null) and (since is null) = (begun_by is null)),
  check (kind <> 'free' or (name, office_id, ticket_id, letter, ended_at) is null),
  check (kind not in ('kept-free', 'reserved', 'assigned') or name is not null),
  check (kind not in ('reserved', 'assigned') or office_id is not null),
  check ((kind in ('reserved', 'quarantined')) = (until is not null)),
  check (ended_at is not null or ended_by is null),
  -- A range of one id stands for "equal" here.
  constraint address_range_once exclude using gist (
    int8range(zone_id, zone_id, '[]') with &&, address_span(first, last, '[]') with &&) where (ended_at is null)
);
create index address_range_free on address_range (prefix_id, first) where kind = 'free';
create index address_range_present on address_range (prefix_id, kind, first) where ended_at is null and kind <> 'free';
create index address_range_of_address on address_range (first) where kind <> 'free';
create index address_range_due on address_range (until) where ended_at is null and until is not null;

-- A list of addresses that somebody sent, from the file to the import, as people_import is for people. Kept for days.
create table address_import (
  id bigint generated always as identity primary key,
  person_id bigint not null references person,
  attachment_id bigint not null unique references attachment,
  state text not null default 'reading' check (state in ('reading', 'checked', 'refused', 'imported', 'discarded')),
  ready jsonb not null default '[]', -- lines that can be imported, as they were written
  known jsonb not null default '[]', -- numbers of lines that are there already
  problems jsonb not null default '[]', -- what is wrong, by line
  refusal jsonb, -- why the file as a whole was not taken
  imported integer,
  sent_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'imported') = (imported is not null)),
  check ((state = 'refused') = (refusal is not null))
);

-- The picture of a prefix is drawn by the worker, too.
alter table paper drop constraint paper_kind_check;
alter table paper add constraint paper_kind_check check (kind in ('poster', 'prefix-map'));

-- What was is not changed and not forgotten. A range moves to the prefix that is nested around it.
create function keep_address_history() returns trigger language plpgsql as $$
begin
  if old.kind = 'free' and (tg_op = 'DELETE' or new.kind = 'free') then
    return coalesce(new, old);
  end if;
  if tg_op = 'DELETE' or old.ended_at is not null
    or (old.kind, old.first, old.last, old.zone_id, old.name, old.office_id, old.ticket_id, old.letter, old.since, old.begun_by, old.until)
      is distinct from
      (new.kind, new.first, new.last, new.zone_id, new.name, new.office_id, new.ticket_id, new.letter, new.since, new.begun_by, new.until)
  then
    raise exception 'the history of an address is only added to (address_range %)', old.id
      using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger address_range_kept before update or delete on address_range
  for each row execute function keep_address_history();
