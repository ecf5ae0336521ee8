-- Nobody looked any more when it ended: it was still down.
alter table outage
  add column is_unwatched boolean not null default false,
  add check (ended_at is not null or not is_unwatched);
-- Its target became unknown in the very moment of the end.
update outage set is_unwatched = true from monitor_change as change
where change.target_id = outage.target_id and change.at = outage.ended_at and change.to_state = 'unknown';
-- The last time that it went down or came back which the message of what flaps shows; null: it does not flap.
alter table monitor_alert add column flipped_at timestamptz;
