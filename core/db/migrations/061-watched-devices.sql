-- A device that is watched by the name of one of the inventory is that one; the kinds: `isDevice`.
update monitor_target as target set asset_id = asset.id
from asset
where target.kind = 'device' and target.removed_at is null and target.asset_id is null
  and lower(asset.name) = lower(target.name) and asset.state <> 'retired'
  and asset.kind not in ('patch-panel', 'outlet', 'backbone', 'bandwidth', 'office-lan')
  and not exists (select from monitor_target as other where other.asset_id = asset.id and other.removed_at is null);

-- A device of the inventory is watched once.
create unique index monitor_target_of_asset on monitor_target (asset_id) where removed_at is null;
