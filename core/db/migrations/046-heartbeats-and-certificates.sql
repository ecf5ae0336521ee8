-- Who runs by a schedule (a backup, a script) calls an address with a token; of it the hash is kept.
create table heartbeat_token (
  check_id bigint primary key references monitor_check,
  token_hash bytea not null unique check (length(token_hash) = 32),
  made_by bigint not null references person,
  made_at timestamptz not null
);

-- Up to how many days before its end somebody was told of a certificate. One that was renewed ends at another instant.
create table certificate_warning (
  check_id bigint not null references monitor_check,
  ends_at timestamptz not null,
  told_days integer not null check (told_days > 0),
  primary key (check_id, ends_at)
);
