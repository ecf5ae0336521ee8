-- What a machine has found in the files of an application that is to be hosted (R12). A file is checked once: a corrected one is another.
create table machine_check (
  attachment_id bigint not null references attachment on delete cascade,
  name text not null,
  result text not null check (result in ('passed', 'failed', 'not-checked')),
  findings jsonb not null,
  checked_at timestamptz not null,
  primary key (attachment_id, name)
);
