-- What the monitor knew of its own way out at that look: where nobody can ask, no cut of it is told from an outage of all.
alter table monitor_look add column uplink text not null default 'unknown' check (uplink in ('up', 'down', 'unknown'));
