-- What the monitor knew at that look of its own way out: where nobody can ask, no cut of it is told from an outage of all.
alter table monitor_look add column uplink text not null default 'unknown' check (uplink in ('up', 'down', 'unknown'));
-- Checks that began more than a second after their turn, since that monitor began.
alter table monitor_look add column late_checks integer not null default 0 check (late_checks >= 0);
