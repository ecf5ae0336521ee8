-- Of the host, when it was planned; null: it could not be seen.
alter table stack_plan add column is_host_prepared boolean;
