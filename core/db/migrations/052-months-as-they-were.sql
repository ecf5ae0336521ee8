-- A month (R35) is told of as it was: what a target lies behind, whose it is, who provides it, and what is agreed may change later.

-- What was said of a target until it changed. What stands now stands with the target.
create table monitor_target_former (
  target_id bigint not null references monitor_target,
  until timestamptz not null,
  office_id bigint references office,
  parent_id bigint references monitor_target,
  provider text,
  circuit_number text,
  agreed_percent double precision,
  primary key (target_id, until)
);
create index monitor_target_former_until on monitor_target_former (until);

-- What is agreed where no target says anything: the profile's figure, since when it is that.
create table monitor_agreed (
  since timestamptz primary key,
  percent double precision not null
);

-- When the pages last said that they run: while they do not, no heartbeat reaches anybody.
create table web_look (
  is_only boolean primary key default true check (is_only),
  looked_at timestamptz not null,
  told_look timestamptz -- after which look of the monitor somebody was told that none followed
) with (fillfactor = 50);

-- The availability of a month as a list is made by the worker, too.
alter table paper drop constraint paper_kind_check;
alter table paper add constraint paper_kind_check check (kind in
  ('poster', 'prefix-map', 'rack-picture', 'handover-record', 'cable-labels', 'target-picture', 'status-picture', 'outage-evidence',
   'availability-list'));
