-- Names: which domain names there are, whose they are, and where they lead (R14).

-- Villages, which are no offices: the regency's register of them.
create table village (
  id bigint generated always as identity primary key,
  name text not null check (name <> ''),
  district text not null check (district <> ''), -- kecamatan, by which two villages of one name are told apart
  added_by bigint not null references person,
  added_at timestamptz not null,
  removed_by bigint references person,
  removed_at timestamptz,
  check ((removed_by is null) = (removed_at is null))
);
create unique index village_once on village (lower(name), lower(district)) where removed_at is null;

-- A name as it is, or was: who has it, why, and where it leads. Nothing of that is ever overwritten: the row ends, and another begins.
create table dns_name (
  id bigint generated always as identity primary key,
  name text not null check (length(name) <= 253 and name ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  look text not null, -- what is left of it when what the eye mixes up is made the same
  kind text not null check (kind in ('office', 'application', 'service', 'village')),
  state text not null check (state in ('reserved', 'in-use', 'quarantined')),
  purpose text check (purpose <> ''), -- what it is for
  office_id bigint references office,
  village_id bigint references village,
  ticket_id bigint references ticket,
  letter text check (letter <> ''), -- its number
  alias_of text check (alias_of <> name), -- the name to which it leads; then it has no addresses
  is_alias boolean not null generated always as (alias_of is not null) stored,
  elsewhere text check (elsewhere <> ''), -- why it is hosted elsewhere (R56); null: it is not
  since timestamptz not null,
  begun_by bigint references person, -- null: the clock
  until timestamptz, -- when the clock ends a reservation or a quarantine
  ended_at timestamptz,
  ended_by bigint references person, -- null: the clock
  unique (id, is_alias),
  check (name not like 'xn--%' and name not like '%.xn--%'),
  check ((state = 'quarantined') = (purpose is null)),
  check (state = 'quarantined' or (kind = 'village') = (village_id is not null)),
  check (state = 'quarantined' or (kind = 'village') = (office_id is null)),
  check (state <> 'quarantined' or (office_id, village_id, ticket_id, letter, alias_of, elsewhere) is null),
  check ((state in ('reserved', 'quarantined')) = (until is not null)),
  check (ended_at is not null or ended_by is null)
);
create unique index dns_name_once on dns_name (name) where ended_at is null;
create index dns_name_of_name on dns_name (name, since);
create index dns_name_looks on dns_name (look) where ended_at is null;
create index dns_name_of_ticket on dns_name (ticket_id) where ended_at is null;
create index dns_name_aliases on dns_name (alias_of) where ended_at is null;
create index dns_name_due on dns_name (until) where ended_at is null and until is not null;

-- To which addresses a name leads: of the register, in their zone, or outside of it. An alias has none.
create table dns_name_address (
  dns_name_id bigint not null,
  is_alias boolean not null default false check (not is_alias),
  zone_id bigint references address_zone, -- null: outside of the register
  address inet not null check (masklen(address) = case family(address) when 4 then 32 else 128 end),
  foreign key (dns_name_id, is_alias) references dns_name (id, is_alias),
  unique nulls not distinct (dns_name_id, zone_id, address)
);
create index dns_name_address_of_address on dns_name_address (address);

-- What was is not changed and not forgotten.
create function keep_name_history() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.ended_at is not null
    or (old.name, old.kind, old.state, old.purpose, old.office_id, old.village_id, old.ticket_id, old.letter, old.alias_of,
        old.elsewhere, old.since, old.begun_by, old.until)
      is distinct from
      (new.name, new.kind, new.state, new.purpose, new.office_id, new.village_id, new.ticket_id, new.letter, new.alias_of,
        new.elsewhere, new.since, new.begun_by, new.until)
  then
    raise exception 'the history of a name is only added to (dns_name %)', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger dns_name_kept before update or delete on dns_name for each row execute function keep_name_history();

create function keep_rows() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are only added', tg_table_name using errcode = 'restrict_violation';
end
$$;
create trigger dns_name_address_kept before update or delete on dns_name_address for each row execute function keep_rows();

-- The application to the ministry for a village's name, as a paper that is tracked: what became of it, one row after the other. The
-- latest row of a name and its village is how it stands.
create table ministry_step (
  id bigint generated always as identity primary key,
  name text not null,
  village_id bigint not null references village,
  state text not null check (state in ('preparing', 'sent-by-dinas', 'sent-by-village', 'approved', 'rejected')),
  day date not null,
  letter text check (letter <> ''), -- its number
  reason text check (reason <> ''),
  noted_by bigint not null references person,
  noted_at timestamptz not null,
  check ((state = 'rejected') = (reason is not null))
);
create index ministry_step_of_name on ministry_step (name, village_id, id);
create trigger ministry_step_kept before update or delete on ministry_step for each row execute function keep_rows();

-- Other records of the main domain, which infrastructure enters: an office's mail must not vanish.
create table dns_record (
  id bigint generated always as identity primary key,
  owner text not null check (length(owner) <= 253), -- the name that has it, in full
  type text not null check (type in ('MX', 'TXT')),
  preference integer check (preference between 0 and 65535),
  value text not null check (value <> ''),
  added_by bigint not null references person,
  added_at timestamptz not null,
  ended_by bigint references person,
  ended_at timestamptz,
  check ((type = 'MX') = (preference is not null)),
  check ((ended_by is null) = (ended_at is null))
);
create unique index dns_record_once on dns_record (owner, type, value) where ended_at is null;

-- The zone files as they were written last. A serial never gets smaller.
create table dns_zone (
  name text primary key,
  serial bigint not null check (serial between 1 and 4294967295),
  sha256 text not null, -- of what the file says beside its serial
  problem text, -- why the file of now was not put in its place; null: it was
  tried_at timestamptz not null
);
create function keep_serial() returns trigger language plpgsql as $$
begin
  if new.serial < old.serial then
    raise exception 'the serial of zone % would get smaller', old.name using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger dns_zone_serial before update on dns_zone for each row execute function keep_serial();

-- Where each name in use was seen to lead, when it was looked up last (R56).
create table name_check (
  name text primary key,
  finding text not null check (finding in ('as-registered', 'unresolved', 'elsewhere', 'differs')),
  seen jsonb not null, -- addresses
  checked_at timestamptz not null,
  changed_at timestamptz, -- since when it is so; null: since it was first looked up, and it was right
  check (finding = 'as-registered' or changed_at is not null)
);

-- A list of names that somebody sent, as address_import is for addresses. Kept for days.
create table name_import (
  id bigint generated always as identity primary key,
  person_id bigint not null references person,
  attachment_id bigint not null unique references attachment,
  state text not null default 'reading' check (state in ('reading', 'checked', 'refused', 'imported', 'discarded')),
  ready jsonb not null default '[]',
  known jsonb not null default '[]',
  problems jsonb not null default '[]',
  refusal jsonb,
  imported integer,
  sent_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'imported') = (imported is not null)),
  check ((state = 'refused') = (refusal is not null))
);
