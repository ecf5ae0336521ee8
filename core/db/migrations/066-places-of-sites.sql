-- Where a site is, for who drives there: an address, or words.
alter table monitor_target
  add column place text check (place <> ''),
  add check (kind = 'site' or place is null);
