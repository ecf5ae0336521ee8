-- What lasts or is planned is looked up at every look, among all windows that ever were.
create index maintenance_window_end on maintenance_window (ends_at);

-- What was down when its last check was removed lasted on; nobody looked any more.
update outage set ended_at = greatest(outage.started_at, gone.at)
from (
  select target_id, max(removed_at) as at from monitor_check group by target_id having bool_and(removed_at is not null)
) as gone
where gone.target_id = outage.target_id and outage.ended_at is null;
