-- What is merged into a message while it is under way goes out as another call for the same row: each counts for Telegram's limits.
alter table outbox add column sent_before timestamptz[] not null default '{}';
