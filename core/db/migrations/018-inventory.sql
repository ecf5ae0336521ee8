-- The inventory (R19): devices, links and contracts, whose they are, and who keeps them going (R65).

create table asset (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('router', 'switch', 'access-point', 'server', 'storage', 'security', 'patch-panel', 'outlet',
    'ups', 'backbone', 'bandwidth', 'office-lan', 'pc', 'printer', 'other')),
  name text not null check (name <> ''), -- by which people speak of it, "SW-DINKES-1"
  office_id bigint not null references office, -- whose it is
  state text not null check (state in ('in-use', 'spare', 'broken', 'retired')),
  asset_tag text check (asset_tag <> ''),
  serial_number text check (serial_number <> ''),
  model text check (model <> ''),
  location text check (location <> ''),
  ports integer not null default 0 check (ports between 0 and 1024), -- into which a cable goes, from 1
  -- Of a link or a contract.
  provider text check (provider <> ''),
  circuit_number text check (circuit_number <> ''),
  bandwidth_mbps integer check (bandwidth_mbps > 0),
  ends_on date,
  -- Where it is not as the register says of its kind.
  maintainer text check (maintainer in ('dinas', 'office', 'vendor')),
  ticket_id bigint references ticket, -- with which it came
  added_by bigint not null references person,
  added_at timestamptz not null,
  changed_at timestamptz not null,
  version integer not null default 1, -- a form that was begun before a change is refused
  unique (id, ports)
);
create unique index asset_named on asset (lower(name)) where state <> 'retired';
create unique index asset_tagged on asset (lower(asset_tag));
create unique index asset_of_serial_number on asset (lower(model), lower(serial_number)) nulls not distinct where serial_number is not null;
create index asset_of_office on asset (office_id, kind);

-- What was changed of a device, by whom: nothing of it is changed, and nothing is forgotten.
create table asset_change (
  id bigint generated always as identity primary key,
  asset_id bigint not null references asset,
  person_id bigint not null references person,
  at timestamptz not null,
  field text not null check (field in ('kind', 'name', 'model', 'serial-number', 'asset-tag', 'location', 'ports', 'provider',
    'circuit-number', 'bandwidth-mbps', 'ends-on', 'maintainer', 'office', 'state')),
  before text,
  after text,
  check (before is distinct from after)
);
create index asset_change_of_asset on asset_change (asset_id, id);
create function keep_asset_history() returns trigger language plpgsql as $$
begin
  raise exception 'the history of a device is only added to (%)', old.id using errcode = 'restrict_violation';
end
$$;
create trigger asset_change_kept before update or delete on asset_change for each row execute function keep_asset_history();

-- Which tickets are about which of them.
create table ticket_asset (
  ticket_id bigint not null references ticket,
  asset_id bigint not null references asset,
  linked_by bigint not null references person,
  linked_at timestamptz not null,
  primary key (ticket_id, asset_id)
);
create index ticket_asset_of_asset on ticket_asset (asset_id, ticket_id);

-- A list that somebody sent, as address_import is for addresses. Kept for days.
create table asset_import (
  id bigint generated always as identity primary key,
  person_id bigint not null references person,
  attachment_id bigint not null unique references attachment,
  state text not null default 'reading' check (state in ('reading', 'checked', 'refused', 'imported', 'discarded')),
  ready jsonb not null default '[]',
  known jsonb not null default '[]',
  problems jsonb not null default '[]',
  refusal jsonb,
  imported integer,
  sent_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'imported') = (imported is not null)),
  check ((state = 'refused') = (refusal is not null))
);
