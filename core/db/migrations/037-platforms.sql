-- The proxy of a target is planned and approved as applications are; each of its plans is a ticket's.
alter table stack add column ticket_id bigint references ticket; -- by which it was asked for last; null: an application's
