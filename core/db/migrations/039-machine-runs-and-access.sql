-- What a machine does for a ticket from its turn to its end, however many tries that takes; its message is edited as it goes on.
create table machine_run (
  id bigint generated always as identity primary key,
  ticket_id bigint not null references ticket,
  doing text not null check (doing <> ''), -- the state of the ticket in which it works
  begun_at timestamptz not null,
  ended_at timestamptz,
  ended_by text check (ended_by <> ''), -- the step with which it ended
  check ((ended_at is null) = (ended_by is null))
);
create unique index machine_run_once on machine_run (ticket_id) where ended_at is null;

-- How far a part of it has come; done again, it begins anew.
create table machine_run_part (
  run_id bigint not null references machine_run on delete cascade,
  part text not null check (part <> ''),
  begun_at timestamptz not null,
  ended_at timestamptz,
  primary key (run_id, part)
);

-- When who asked for the application was last offered what its database is opened by; null: never.
alter table application_database add column offered_at timestamptz;
