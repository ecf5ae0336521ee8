-- Approvals: who was asked, in which order, and who decided what; who substitutes for whom; the freeze.

-- A request for approval, each time that a ticket comes to a state in which one decides. Only added to.
create table approval (
  id bigint generated always as identity primary key,
  ticket_id bigint not null references ticket,
  round integer not null check (round > 0),
  state text not null,
  chain text[] not null, -- the roles that approve, one after the other, as the profile said then; empty: nobody
  entry_id bigint not null references entry, -- what led to it
  asked_at timestamptz not null,
  unique (ticket_id, round)
);

-- When those whose turn it is were reminded. Only added to.
create table approval_reminder (
  approval_id bigint not null references approval,
  at timestamptz not null,
  primary key (approval_id, at)
);

-- In a role for somebody, from the first to the last day of a decree (R23).
create table substitution (
  id bigint generated always as identity primary key,
  person_id bigint not null references person,
  for_person_id bigint not null references person,
  role text not null,
  kind text not null check (kind in ('plh', 'plt')),
  starts_at timestamptz not null, -- 00.00 of the first day, in the office's zone
  ends_at timestamptz not null, -- 24.00 of the last day
  decree text not null check (decree <> ''),
  set_by bigint not null references person, -- the holder, or an administrator who proposes it
  set_at timestamptz not null,
  decision text check (decision in ('confirmed', 'rejected')), -- null: waits for a second administrator
  decided_by bigint references person,
  decided_at timestamptz,
  started_at timestamptz, -- the rights were given
  ended_at timestamptz, -- they were taken away, or never given
  ended_by bigint references person, -- null: the clock
  check (person_id <> for_person_id),
  check (starts_at < ends_at),
  check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)),
  -- Rights of leadership are given by the holder, or by two administrators.
  check (decision is distinct from 'confirmed' or (set_by = for_person_id) = (decided_by = set_by)),
  check (decided_by <> person_id),
  check (started_at is null or decision = 'confirmed'),
  -- One substitute for somebody at a time, and for one only. A range of one id stands for "equal" here.
  constraint substitution_for_one exclude using gist (
    int8range(for_person_id, for_person_id, '[]') with &&, tstzrange(starts_at, ends_at) with &&)
    where (ended_at is null and decision is distinct from 'rejected'),
  constraint substitution_by_one exclude using gist (
    int8range(person_id, person_id, '[]') with &&, tstzrange(starts_at, ends_at) with &&)
    where (ended_at is null and decision is distinct from 'rejected')
);
create index substitution_of on substitution (for_person_id, id);

-- A role that is held for the time of a substitution only.
alter table person_role add column substitution_id bigint references substitution;

-- Only added to: a decision stands. One for each link of the chain, one for each person.
create table decision (
  id bigint generated always as identity primary key,
  approval_id bigint not null references approval,
  ticket_id bigint not null references ticket,
  round integer not null,
  link integer not null check (link >= 0), -- its place in the chain
  role text not null,
  person_id bigint references person, -- null: the clock
  substitution_id bigint references substitution, -- in which the person acted for the role's holder
  decision text not null check (decision in ('approved', 'rejected', 'lapsed')),
  entry_id bigint not null unique references entry,
  at timestamptz not null,
  foreign key (ticket_id, round) references approval (ticket_id, round),
  unique (approval_id, link),
  unique (approval_id, person_id),
  check ((decision = 'lapsed') = (person_id is null))
);
create index decision_by_ticket on decision (ticket_id, id);

-- The last row says whether updates and approvals stand still. Only added to.
create table update_freeze (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('set', 'lifted')),
  person_id bigint not null references person,
  reason text not null check (reason <> ''),
  at timestamptz not null
);
