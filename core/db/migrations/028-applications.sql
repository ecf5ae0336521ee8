-- Applications that a machine hosts (R05): what each is made of, and the plans by which it was approved and built.
create table application (
  id bigint generated always as identity primary key,
  stack text not null check (stack ~ '^app-[a-z0-9]+(-[a-z0-9]+)*$' and length(stack) <= 40),
  ticket_id bigint not null references ticket,
  office_id bigint not null references office,
  title text not null check (title <> ''),
  domain_name text not null check (domain_name <> ''),
  target text not null check (target <> ''), -- target, runtime and size by their names in the profile
  runtime text not null check (runtime <> ''),
  size text not null check (size <> ''),
  reach text not null check (reach in ('internet', 'intranet')),
  port integer not null check (port between 1 and 65535),
  prefix_id bigint not null references prefix,
  subnet cidr not null,
  gateway inet not null check (gateway << subnet),
  address inet not null check (address << subnet), -- of its container
  next_address inet not null check (next_address << subnet), -- of the one that takes its place one day
  attachment_id bigint not null references attachment,
  image_id text check (image_id ~ '^sha256:[0-9a-f]{64}$'), -- null: not on the target yet
  state text not null check (state in ('planned', 'building', 'built', 'failed', 'removed')),
  changed_at timestamptz not null,
  check (state in ('planned', 'removed') or image_id is not null),
  check (gateway <> address and address <> next_address and gateway <> next_address)
);
create unique index application_once on application (stack) where state <> 'removed';
create unique index application_of_ticket on application (ticket_id) where state <> 'removed';

-- What was shown before it was built. An approval is bound to what is hashed here.
create table application_plan (
  id bigint generated always as identity primary key,
  application_id bigint not null references application,
  input text not null check (input <> ''), -- the file of its stack
  inputs_hash text not null check (length(inputs_hash) = 64),
  preview_hash text not null check (length(preview_hash) = 64),
  program_hash text not null check (length(program_hash) = 64),
  state_hash text not null, -- '': there was no stack yet
  image_id text not null check (image_id ~ '^sha256:[0-9a-f]{64}$'),
  changes jsonb not null,
  steps jsonb not null,
  made_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > made_at)
);
create index application_plan_of_application on application_plan (application_id, id);
-- By which plan its host began to be changed; null: it has not.
alter table application add column begun_plan_id bigint references application_plan;

-- Whose turn it is on a stack. It ends by itself where its holder has died.
create table stack_lease (
  stack text primary key,
  holder uuid not null,
  until timestamptz not null
);

-- null: a machine, whose work is not wanted any more
alter table prefix drop constraint prefix_check;
alter table prefix add constraint prefix_removed check (removed_by is null or removed_at is not null);
