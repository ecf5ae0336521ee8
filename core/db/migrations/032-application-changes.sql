-- What was deleted keeps its data, its addresses and its name for a time; then it may be purged.
alter table application
  add column kept_until timestamptz, -- of what was deleted; null: it is not
  add column released_at timestamptz, -- since when network and name are nobody's; null: they are the application's
  add constraint application_kept check ((state = 'deleted') = (kept_until is not null)),
  add constraint application_released check (released_at is null or state in ('deleted', 'removed'));
create index application_kept_until on application (kept_until) where state = 'deleted' and released_at is null;
