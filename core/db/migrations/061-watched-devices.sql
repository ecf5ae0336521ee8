-- A device of the inventory is watched once.
create unique index monitor_target_of_asset on monitor_target (asset_id) where removed_at is null;
