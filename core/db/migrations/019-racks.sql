-- Rooms and racks (R11): which device has which place, had it, or will have it, and what feeds and joins it.

create table room (
  id bigint generated always as identity primary key,
  code text not null check (code ~ '^[A-Z0-9]{1,6}$'), -- begins the codes of cables
  name text not null check (name <> ''),
  removed_at timestamptz
);
create unique index room_coded on room (code) where removed_at is null;

create table rack (
  id bigint generated always as identity primary key,
  room_id bigint not null references room,
  code text not null check (code ~ '^[A-Z0-9]{1,6}$'),
  height_u integer not null check (height_u between 1 and 60),
  added_by bigint not null references person,
  added_at timestamptz not null,
  removed_by bigint references person,
  removed_at timestamptz,
  check ((removed_by is null) = (removed_at is null)),
  unique (id, height_u)
);
create unique index rack_coded on rack (room_id, code) where removed_at is null;

-- A power strip of a rack, and what it may carry.
create table power_feed (
  id bigint generated always as identity primary key,
  rack_id bigint not null references rack,
  name text not null check (name <> ''), -- "A"
  capacity_watts integer not null check (capacity_watts between 1 and 100000),
  removed_at timestamptz,
  unique (id, rack_id)
);
create unique index power_feed_named on power_feed (rack_id, lower(name)) where removed_at is null;

-- What takes room in a rack. Nothing of a place is changed: it ends, and another row begins.
create table rack_place (
  id bigint generated always as identity primary key,
  rack_id bigint not null,
  rack_height_u integer not null,
  kind text not null check (kind in ('reserved', 'occupied')),
  bottom integer not null check (bottom >= 0), -- in half units above the bottom of the rack; unit 1 begins at 0
  height integer not null check (height >= 1), -- in half units
  face text not null check (face in ('front', 'back', 'full')),
  watts integer not null check (watts >= 0), -- on each of its feeds: if one fails, the others carry all
  name text not null check (name <> ''), -- what it is
  office_id bigint not null references office, -- whose it is
  asset_id bigint references asset,
  ticket_id bigint references ticket,
  letter text check (letter <> ''), -- its number
  since timestamptz not null,
  begun_by bigint not null references person,
  until timestamptz, -- when the clock ends a reservation; that of a ticket is ended by its steps
  ended_at timestamptz,
  ended_by bigint references person, -- null: the clock
  -- Of what was returned: the number and the date of the letter or the handover record.
  end_letter text check (end_letter <> ''),
  end_letter_on date,
  faces int4range not null generated always as
    (case face when 'front' then int4range(0, 1) when 'back' then int4range(1, 2) else int4range(0, 2) end) stored,
  foreign key (rack_id, rack_height_u) references rack (id, height_u) on update cascade,
  check (ended_at is not null or bottom + height <= rack_height_u * 2),
  check ((kind = 'occupied') = (asset_id is not null)),
  check (kind = 'reserved' or until is null),
  check (kind = 'occupied' or until is not null or ticket_id is not null),
  check (ended_at is not null or (ended_by, end_letter, end_letter_on) is null),
  check ((end_letter is null) = (end_letter_on is null)),
  unique (id, rack_id),
  constraint rack_place_once exclude using gist (
    int8range(rack_id, rack_id, '[]') with &&, int4range(bottom, bottom + height) with &&, faces with &&) where (ended_at is null)
);
create unique index rack_place_of_asset on rack_place (asset_id) where ended_at is null;
create unique index rack_place_reserved_once on rack_place (ticket_id) where ended_at is null and kind = 'reserved';
create index rack_place_due on rack_place (until) where ended_at is null and until is not null;
create index rack_place_of_rack on rack_place (rack_id, ended_at);
create index rack_place_of_ticket on rack_place (ticket_id) where ticket_id is not null;

create table place_feed (
  place_id bigint not null,
  feed_id bigint not null,
  rack_id bigint not null,
  primary key (place_id, feed_id),
  foreign key (place_id, rack_id) references rack_place (id, rack_id),
  foreign key (feed_id, rack_id) references power_feed (id, rack_id)
);
create index place_feed_of_feed on place_feed (feed_id);

-- A port of a device is one thing's at a time: reserved for what will be mounted, or an end of a cable.
create table port_use (
  id bigint generated always as identity primary key,
  asset_id bigint not null,
  asset_ports integer not null,
  port integer not null check (port between 1 and asset_ports),
  place_id bigint references rack_place, -- for which it is reserved
  since timestamptz not null,
  begun_by bigint not null references person,
  ended_at timestamptz,
  ended_by bigint references person,
  foreign key (asset_id, asset_ports) references asset (id, ports) on update cascade,
  check (ended_at is not null or ended_by is null)
);
create unique index port_use_once on port_use (asset_id, port) where ended_at is null;
create index port_use_of_place on port_use (place_id) where place_id is not null;

-- No feed carries more than it may, whoever writes.
create function keep_feed_within_capacity() returns trigger language plpgsql as $$
declare
  feed power_feed;
  load_watts bigint;
begin
  select * into feed from power_feed where id = (to_jsonb(new) ->> tg_argv[0])::bigint for update;
  select coalesce(sum(rack_place.watts), 0) into load_watts
    from place_feed join rack_place on rack_place.id = place_feed.place_id
    where place_feed.feed_id = feed.id and rack_place.ended_at is null;
  if load_watts > feed.capacity_watts then
    raise exception 'power feed % carries % W of %', feed.id, load_watts, feed.capacity_watts using errcode = 'check_violation';
  end if;
  return null;
end
$$;
create trigger place_feed_within_capacity after insert on place_feed
  for each row execute function keep_feed_within_capacity('feed_id');
create trigger power_feed_within_capacity after update of capacity_watts on power_feed
  for each row execute function keep_feed_within_capacity('id');

-- What was is not changed and not forgotten. A rack that is found to be higher or lower than was written takes its places along.
create function keep_place_history() returns trigger language plpgsql as $$
declare
  changing text[] := array['rack_height_u', 'faces']; -- what is generated is not known here yet
begin
  if tg_op = 'UPDATE' and old.ended_at is null then
    changing := changing || array['ended_at', 'ended_by', 'end_letter', 'end_letter_on'];
  end if;
  if tg_op = 'DELETE' or (to_jsonb(old) - changing) is distinct from (to_jsonb(new) - changing) then
    raise exception 'the history of a place is only added to (% %)', tg_table_name, old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger rack_place_kept before update or delete on rack_place for each row execute function keep_place_history();
