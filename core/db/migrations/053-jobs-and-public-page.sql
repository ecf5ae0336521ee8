-- What runs by a schedule and gives word of itself (a backup, a script) is a kind of its own: it is no application.
alter table monitor_target drop constraint monitor_target_kind_check;
alter table monitor_target add constraint monitor_target_kind_check
  check (kind in ('site', 'link', 'device', 'application', 'job'));

update monitor_target set kind = 'job'
where kind = 'application' and application_id is null and removed_at is null
  and exists (select from monitor_check where target_id = monitor_target.id and removed_at is null)
  and not exists (
    select from monitor_check
    where target_id = monitor_target.id and removed_at is null and settings ->> 'kind' <> 'heartbeat'
  );

-- Whether the public page may show it, where the profile shows such a kind.
alter table monitor_target add column is_public boolean not null default true;
