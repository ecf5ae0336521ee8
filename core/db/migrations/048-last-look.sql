-- When the monitor last looked around: one that does not run leaves all states as they were, and nobody else can tell.
create table monitor_look (
  is_only boolean primary key default true check (is_only),
  looked_at timestamptz not null
) with (fillfactor = 50);
