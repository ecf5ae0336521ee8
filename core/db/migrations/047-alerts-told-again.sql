-- What fell behind its trunk and stays down when that is back is told again of the same cause: a key is one message's while
-- that stands.
alter table monitor_alert drop constraint monitor_alert_key_key;
create unique index monitor_alert_stands_once on monitor_alert (key) where ended_at is null;
