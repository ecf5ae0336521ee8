-- Requests: which question of its form a file answers, and until when a disposition wants the work done.

alter table attachment add column field text; -- null: none, it came along
alter table ticket add column due_at timestamptz;
create index ticket_by_due on ticket (due_at) where due_at is not null and ended_at is null;
