-- What it lay behind when it began stays known, also where it is down on by itself once that came back: of that are its cause and
-- whose fault it was.
alter table outage add column began_behind_id bigint references monitor_target check (began_behind_id <> target_id);
update outage set began_behind_id = root_id where root_id is not null;
