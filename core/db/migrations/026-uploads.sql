-- What is too large for a chat comes over a page, and a secret is shown on one, once. Of their links only hashes are kept.

-- A link by which one person brings one file for one question of a form.
create table upload (
  id bigint generated always as identity primary key,
  token_hash bytea not null unique check (length(token_hash) = 32),
  person_id bigint not null references person,
  draft_id bigint references draft on delete set null, -- null: the form is gone, and the link with it
  field text not null,
  title text not null check (title <> ''), -- what the file is for, as the page says it
  offered_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > offered_at),
  -- null: nothing was begun
  name text check (name <> ''),
  mime_type text,
  length_bytes bigint check (length_bytes > 0),
  received_bytes bigint not null default 0 check (received_bytes >= 0),
  attachment_id bigint unique references attachment on delete cascade, -- set when the last byte has come
  check (num_nulls(name, mime_type, length_bytes) in (0, 3)),
  check (received_bytes <= coalesce(length_bytes, 0)),
  check (attachment_id is null or received_bytes = length_bytes)
);
create index upload_of_draft on upload (draft_id) where draft_id is not null;
create index upload_of_person on upload (person_id) where attachment_id is null;

alter table attachment alter column telegram_file_id drop not null; -- null: it came over a page

-- A secret that its person opens once; sealed with the key in the state folder.
create table one_time_secret (
  id bigint generated always as identity primary key,
  token_hash bytea not null unique check (length(token_hash) = 32),
  person_id bigint not null references person,
  title text not null check (title <> ''), -- what it is for
  sealed bytea, -- null: it was opened, or has expired
  offered_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > offered_at),
  opened_at timestamptz,
  expired_at timestamptz,
  check (num_nonnulls(sealed, opened_at, expired_at) = 1)
);
create index one_time_secret_waiting on one_time_secret (expires_at) where sealed is not null;
