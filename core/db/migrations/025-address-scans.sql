-- Documented against seen: which addresses answer, beside what the register says of them.

-- The prefixes that are, or were, scanned each day. Two of different zones that overlap are not both: of one address, one answer comes.
create table prefix_scan (
  prefix_id bigint primary key references prefix,
  begun_by bigint not null references person,
  begun_at timestamptz not null,
  ended_at timestamptz, -- null: it is scanned
  wanted_at timestamptz not null, -- when somebody last asked for one beside the schedule
  scanned_at timestamptz, -- null: not yet
  asked integer check (asked >= 0), -- how many addresses, the last time
  answered integer check (answered between 0 and asked),
  problem text check (problem in ('nothing-answers', 'no-fping', 'playground', 'failed')), -- why the last one says nothing
  concluded_at timestamptz, -- when one last said something
  check ((scanned_at is null) = (asked is null) and (asked is null) = (answered is null)),
  check (concluded_at <= scanned_at)
);

-- When an address was seen last. Of those that never answered, only assigned ones.
create table address_seen (
  zone_id bigint not null references address_zone,
  address inet not null check (masklen(address) = case family(address) when 4 then 32 else 128 end),
  answered_at timestamptz, -- null: never
  asked_at timestamptz not null,
  silent_days integer not null check (silent_days >= 0), -- days in a row on which it was asked and did not answer
  told text check (told in ('unregistered', 'silent')), -- the difference of which infrastructure knows
  primary key (zone_id, address)
);
