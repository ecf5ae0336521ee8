-- Up to how many days before its end somebody was told of a link's contract. One that was extended ends on another day.
create table contract_warning (
  target_id bigint not null references monitor_target,
  ends_on date not null,
  told_days integer not null check (told_days > 0),
  primary key (target_id, ends_on)
);
