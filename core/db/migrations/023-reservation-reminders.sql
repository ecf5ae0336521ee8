-- Whoever reserved an address is told before the clock frees it.
alter table address_range
  add column remind_at timestamptz, -- null: they were told, or it is too short to tell
  add check (remind_at is null or kind = 'reserved');
create index address_range_to_remind on address_range (remind_at) where ended_at is null and remind_at is not null;
