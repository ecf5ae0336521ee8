-- Links, sites, devices and applications that are watched (R08, R17), and what was seen of them.

create table monitor_target (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('site', 'link', 'device', 'application')),
  name text not null check (name <> ''),
  office_id bigint references office, -- whose it is; null: everybody's, such as the regency's way to the internet
  parent_id bigint references monitor_target, -- what it lies behind
  asset_id bigint references asset,
  application_id bigint references application, -- that is hosted: it comes and goes by itself
  contact text check (contact <> ''), -- of a site: who is asked whether there is power
  -- Of a link.
  link_kind text check (link_kind in ('closed', 'internet', 'secured', 'vpn')),
  provider text check (provider <> ''),
  circuit_number text check (circuit_number <> ''),
  bandwidth_mbps integer check (bandwidth_mbps > 0),
  ends_on date, -- of its contract
  noc_phone text check (noc_phone <> ''),
  is_paused boolean not null default false,
  -- How it is judged; null: as what it lies behind, else as the profile says.
  interval_seconds integer check (interval_seconds between 10 and 86400),
  misses_until_down integer check (misses_until_down between 1 and 20),
  successes_until_up integer check (successes_until_up between 1 and 20),
  recheck_seconds integer check (recheck_seconds between 1 and 3600),
  degraded_loss_percent integer check (degraded_loss_percent between 1 and 100),
  degraded_latency_ms integer check (degraded_latency_ms between 1 and 60000),
  degraded_samples integer check (degraded_samples between 1 and 100),
  flap_changes integer check (flap_changes between 2 and 100),
  flap_window_minutes integer check (flap_window_minutes between 1 and 1440),
  added_by bigint references person, -- null: a machine
  added_at timestamptz not null,
  removed_at timestamptz, -- it stays for what was seen of it
  version integer not null default 1, -- a form or a button of before a change is refused
  check (parent_id <> id),
  check ((kind = 'link') = (link_kind is not null)),
  check (kind = 'link' or (provider, circuit_number, bandwidth_mbps, ends_on, noc_phone) is null),
  check (kind = 'application' or application_id is null),
  check (kind = 'device' or asset_id is null),
  check (kind = 'site' or contact is null)
);
create unique index monitor_target_named on monitor_target (lower(name)) where removed_at is null;
create unique index monitor_target_of_application on monitor_target (application_id) where removed_at is null;
create index monitor_target_of_office on monitor_target (office_id) where removed_at is null;

-- One way of watching a target.
create table monitor_check (
  id bigint generated always as identity primary key,
  target_id bigint not null references monitor_target,
  settings jsonb not null check (settings ->> 'kind' in ('icmp', 'tcp', 'http', 'dns', 'heartbeat')),
  added_at timestamptz not null,
  removed_at timestamptz
);
create unique index monitor_check_once on monitor_check (target_id, settings) where removed_at is null;

-- What one asking found. Kept for days, a partition for each (UTC); rows of a day on which nobody made one are a fault.
create table monitor_sample (
  at timestamptz not null, -- when it was asked
  check_id bigint not null,
  min_us integer,
  avg_us integer,
  max_us integer,
  jitter_us integer,
  sent smallint not null check (sent >= 0),
  received smallint not null check (received between 0 and sent),
  is_ok boolean not null,
  problem text,
  certificate_ends_at timestamptz,
  primary key (check_id, at)
) partition by range (at);

-- They come in the order of time: of all checks a minute of them is found by it.
create index monitor_sample_asked on monitor_sample using brin (at) with (pages_per_range = 16, autosummarize = on);

-- Figures of a minute: for weeks, in partitions as well.
create table monitor_minute (
  begins_at timestamptz not null,
  check_id bigint not null,
  samples integer not null,
  misses integer not null,
  sent integer not null,
  received integer not null,
  min_us integer,
  max_us integer,
  sum_us bigint not null,
  jitter_sum_us bigint not null,
  jitter_samples integer not null,
  latency jsonb not null, -- samples by the bucket of their latency
  loss jsonb not null, -- samples by their loss in percent
  primary key (check_id, begins_at)
) partition by range (begins_at);

-- Of an hour, and of a day of the office: for years.
create table monitor_hour (like monitor_minute including all);
create index monitor_hour_begins on monitor_hour (begins_at);
create table monitor_day (like monitor_minute including all);
create index monitor_minute_begins on monitor_minute using brin (begins_at) with (pages_per_range = 16, autosummarize = on);

-- What is to be rolled up, when it is over; what comes late is rolled up again.
create table monitor_rollup_due (
  period text not null check (period in ('minute', 'hour', 'day')),
  begins_at timestamptz not null,
  primary key (period, begins_at)
);

-- The application owns no tables. Makes the partitions of a day where they are missing.
create function make_monitor_partitions(day date) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  parent text;
  part text;
begin
  foreach parent in array array['monitor_sample', 'monitor_minute'] loop
    part := parent || '_' || to_char(day, 'YYYYMMDD');
    if to_regclass('public.' || part) is null then
      execute format('create table public.%I partition of public.%I for values from (%L) to (%L)', part, parent,
        day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
    end if;
  end loop;
end
$$;

-- Drops what ends before these days. Returns how many partitions went.
create function drop_monitor_partitions(samples_before date, minutes_before date) returns integer
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  part record;
  dropped integer := 0;
begin
  for part in
    select child.relname as name, parent.relname as parent, to_date(right(child.relname, 8), 'YYYYMMDD') as day
    from pg_inherits
      join pg_class as child on child.oid = inhrelid
      join pg_class as parent on parent.oid = inhparent
    where parent.oid in ('public.monitor_sample'::regclass, 'public.monitor_minute'::regclass)
  loop
    if part.day < (case part.parent when 'monitor_sample' then samples_before else minutes_before end) then
      execute format('drop table public.%I', part.name);
      dropped := dropped + 1;
    end if;
  end loop;
  return dropped;
end
$$;
revoke execute on function make_monitor_partitions(date), drop_monitor_partitions(date, date) from public;
grant execute on function make_monitor_partitions(date), drop_monitor_partitions(date, date) to simpul_app;

-- What is known of a check: from here it goes on after a restart. Nearly each sample changes its row.
create table monitor_check_state (
  check_id bigint primary key references monitor_check,
  state text not null check (state in ('up', 'down', 'degraded', 'unknown')),
  since timestamptz,
  known text check (known in ('up', 'down', 'degraded')),
  last_at timestamptz,
  answered_at timestamptz,
  missed_at timestamptz,
  misses integer not null check (misses >= 0),
  successes integer not null check (successes >= 0),
  row_since timestamptz,
  recent boolean[] not null,
  check (misses = 0 or successes = 0)
) with (fillfactor = 50);

-- Of a target; without a row nothing was ever known.
create table monitor_target_state (
  target_id bigint primary key references monitor_target,
  state text not null check (state in ('up', 'down', 'degraded', 'unknown')),
  since timestamptz,
  confirmed_at timestamptz,
  reached_since timestamptz, -- up or degraded, in turns too, without a break
  is_flapping boolean not null,
  flips timestamptz[] not null
) with (fillfactor = 50);

-- What it was, from when on: for availability.
create table monitor_change (
  id bigint generated always as identity primary key,
  target_id bigint not null references monitor_target,
  from_state text not null check (from_state in ('up', 'down', 'degraded', 'unknown')),
  to_state text not null check (to_state in ('up', 'down', 'degraded', 'unknown')),
  at timestamptz not null,
  confirmed_at timestamptz not null,
  check (from_state <> to_state)
);
create index monitor_change_of_target on monitor_change (target_id, at);

-- One down time of a target.
create table outage (
  id bigint generated always as identity primary key,
  target_id bigint not null references monitor_target,
  started_at timestamptz not null, -- the first miss
  confirmed_at timestamptz not null,
  ended_at timestamptz, -- the first answer; null: it lasts
  root_id bigint references monitor_target, -- what it lies behind and was down by; null: nothing but itself
  cause_code text check (cause_code in ('power', 'device', 'fibre-cut', 'provider', 'lightning', 'planned', 'other')),
  ticket_id bigint references ticket,
  check (ended_at >= started_at),
  check (root_id <> target_id)
);
create unique index outage_lasts_once on outage (target_id) where ended_at is null;
create index outage_of_target on outage (target_id, started_at);

-- While it lasts nobody is told of the target and of what lies behind it.
create table maintenance_window (
  id bigint generated always as identity primary key,
  target_id bigint not null references monitor_target,
  begins_at timestamptz not null,
  ends_at timestamptz not null,
  reason text not null check (reason <> ''),
  set_by bigint not null references person,
  set_at timestamptz not null,
  check (begins_at < ends_at)
);
create index maintenance_window_present on maintenance_window (target_id, ends_at);

-- One message for one cause: who was told of it finds it edited until it is over.
create table monitor_alert (
  id bigint generated always as identity primary key,
  key text not null unique check (key <> ''),
  kind text not null check (kind in ('down', 'flapping')),
  root_id bigint not null references monitor_target,
  children bigint[] not null, -- what is down behind it
  since timestamptz not null,
  told_at timestamptz not null,
  acknowledged_by bigint references person,
  acknowledged_at timestamptz,
  ending text check (ending in ('restored', 'absorbed', 'unwatched')),
  ended_at timestamptz,
  check ((ending is null) = (ended_at is null)),
  check ((acknowledged_by is null) = (acknowledged_at is null))
);
create index monitor_alert_standing on monitor_alert (root_id) where ended_at is null;

-- Who had a target asked beside its turns, and when; forgotten after a day.
create table monitor_asking (
  person_id bigint not null references person,
  target_id bigint not null references monitor_target,
  at timestamptz not null
);
create index monitor_asking_of_person on monitor_asking (person_id, at);

-- A list of what is to be watched that somebody sent, as asset_import is for assets. Kept for days.
create table target_import (
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
