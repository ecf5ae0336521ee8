-- What somebody changed by hand on a host, and who wrote Pulumi's state. Times are those of workers, whose clocks may differ or be set
-- back: what was found is kept all the same.
alter table stack
  add column writing_since timestamptz, -- a machine of ours began to write the state, and has not said how it left it
  add column checked_at timestamptz, -- when it was last compared with its host to the end; null: never
  add column check_problem text check (check_problem <> ''), -- why it could not be, the last time; null: it could
  add column check_failed_at timestamptz,
  add check ((check_problem is null) = (check_failed_at is null));

create table stack_drift (
  id bigint generated always as identity primary key,
  stack text not null references stack,
  kind text not null check (kind in ('container', 'network', 'volume', 'other')),
  name text not null check (name <> ''), -- of the resource in its stack
  property text not null check (property <> ''),
  built text, -- as text; null: it was not there, or is not to be shown
  present text,
  after timestamptz, -- of the last look that did not find it; null: there was none
  found_at timestamptz not null,
  ended_at timestamptz -- of the first look that did not find it any more
);
create unique index stack_drift_once on stack_drift (stack, kind, name, property) where ended_at is null;

-- A state of Pulumi's that no machine of ours has written.
create table foreign_state (
  id bigint generated always as identity primary key,
  stack text not null references stack,
  state_hash text not null check (state_hash <> ''),
  after timestamptz, -- when the state was last known to be ours; null: never
  found_at timestamptz not null,
  unique (stack, state_hash)
);
