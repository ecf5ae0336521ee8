-- An application that was taken off the net at once; approval comes afterwards.
create table isolation (
  id bigint generated always as identity primary key,
  application_id bigint not null references application,
  begun_by bigint not null references person,
  begun_at timestamptz not null,
  reason text not null check (reason <> ''),
  closed_at timestamptz, -- its names lead to a plain page
  contained_at timestamptz, -- its containers stand still
  evidence_at timestamptz, -- images and file of its containers are kept
  trouble text check (trouble <> ''), -- why something of it could not be done, the last time
  reminded_at timestamptz not null, -- when leadership was last told that it waits for them
  ended_at timestamptz -- it answers again; by the clock of a worker, which may go behind
);
create unique index isolation_once on isolation (application_id) where ended_at is null;

-- What leadership said afterwards. What was confirmed can be lifted later.
create table isolation_decision (
  isolation_id bigint not null references isolation,
  decision text not null check (decision in ('confirmed', 'lifted')),
  person_id bigint not null references person,
  at timestamptz not null,
  reason text not null check (reason <> ''),
  primary key (isolation_id, decision)
);
