-- People at scale: posters by which staff of an office register themselves, lists of people, and who left.

-- Of somebody who left the register; null while active.
alter table person
  add column left_at timestamptz,
  add column left_by bigint references person,
  add column left_because text, -- in the administrator's own words
  add check ((left_at is null) = (left_by is null)),
  add check (left_at is null or not is_active);

-- The poster of an office. Its token hangs on a wall and is no secret: whoever opens it may ask, and nothing more.
create table poster (
  office_id bigint primary key references office,
  token text not null unique,
  issued_by bigint not null references person,
  issued_at timestamptz not null -- a newer token makes the older posters void
);

-- Somebody who opened a poster and asks to be linked. Survives a restart; forgotten after days.
create table registration (
  id bigint generated always as identity primary key,
  telegram_user_id bigint not null, -- also the id of the private chat
  telegram_name text not null, -- as the account gives it
  telegram_username text,
  office_id bigint not null references office,
  state text not null check (state in (
    'asking-nip', 'asking-name', 'reviewing', 'waiting', 'approved', 'rejected', 'needs-code', 'withdrawn', 'expired')),
  nip text check (nip ~ '^[0-9]{18}$'),
  name text check (name <> ''),
  touched_at timestamptz not null,
  sent_at timestamptz,
  decided_by bigint references person,
  decided_at timestamptz,
  reason text, -- in the words of who rejected it
  check (state in ('asking-nip', 'asking-name', 'reviewing', 'withdrawn') or sent_at is not null),
  check (sent_at is null or (nip is not null and name is not null)),
  check ((state in ('approved', 'rejected', 'needs-code')) = (decided_by is not null)),
  check ((decided_by is null) = (decided_at is null))
);
create unique index registration_open on registration (telegram_user_id)
  where state in ('asking-nip', 'asking-name', 'reviewing', 'waiting');
create index registration_waiting on registration (office_id, id) where state = 'waiting';

-- A list of people that an administrator sent, from the file to the import. Kept for days.
create table people_import (
  id bigint generated always as identity primary key,
  person_id bigint not null references person, -- the administrator
  attachment_id bigint not null unique references attachment,
  state text not null default 'reading' check (state in ('reading', 'checked', 'refused', 'imported', 'discarded')),
  ready jsonb not null default '[]', -- lines that can be imported
  known jsonb not null default '[]', -- numbers of lines whose people are in the register
  problems jsonb not null default '[]', -- what is wrong, by line
  refusal jsonb, -- why the file as a whole was not taken
  imported integer,
  sent_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'imported') = (imported is not null)),
  check ((state = 'refused') = (refusal is not null))
);

-- A paper that the worker makes for somebody. Kept for days, then made anew.
create table paper (
  id bigint generated always as identity primary key,
  person_id bigint not null references person, -- for whom it is
  kind text not null check (kind in ('poster')),
  details jsonb not null, -- what stands on it
  state text not null default 'waiting' check (state in ('waiting', 'stored', 'failed')),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  asked_at timestamptz not null,
  check ((state = 'stored') = (sha256 is not null))
);
