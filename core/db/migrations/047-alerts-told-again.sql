-- What fell behind its trunk and stays down when that is back is told again of the same cause: a key is one message's while
-- that stands.
alter table monitor_alert drop constraint monitor_alert_key_key;
create unique index monitor_alert_stands_once on monitor_alert (key) where ended_at is null;

-- What lies behind a root, and what was told of one, are looked up by the root.
create index outage_of_root on outage (root_id) where root_id is not null;
create index monitor_alert_of_root on monitor_alert (root_id, id);

-- When a certificate is warned of the profile says: what stood with each check was read by nobody.
update monitor_check set settings = settings - 'certificateDays' where settings ? 'certificateDays';
