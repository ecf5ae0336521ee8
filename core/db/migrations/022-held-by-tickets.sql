-- What the registers hold for a ticket is looked up whenever its card is shown.
create index address_range_of_ticket on address_range (ticket_id) where ended_at is null and ticket_id is not null;

-- That a device was received into the server room, or handed back (R04, 7): what stands on the record (BAST).
create table handover (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('received', 'returned')),
  record_number text not null check (record_number <> ''),
  record_date date not null,
  asset_id bigint not null references asset,
  -- The device as it was then: what is corrected later stands on no record that was signed.
  asset_name text not null check (asset_name <> ''),
  model text,
  serial_number text,
  asset_tag text,
  office_id bigint not null references office, -- whose device it was
  counterpart text not null check (counterpart <> ''), -- who hands it over, or gets it, for that office
  place text not null check (place <> ''), -- in words, as it was then: "DC A2 U20-21 depan"
  accessories text check (accessories <> ''),
  ticket_id bigint references ticket,
  person_id bigint not null references person, -- who receives it, or hands it back
  at timestamptz not null
);
create index handover_of_ticket on handover (ticket_id) where ticket_id is not null;
create index handover_of_record on handover (office_id, record_number, record_date);
