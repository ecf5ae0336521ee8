-- Cables and their labels (R16): the address code between two nodes.

create table cable (
  id bigint generated always as identity primary key,
  medium text not null check (medium in ('copper', 'fibre')),
  ticket_id bigint references ticket, -- because of which it was laid
  laid_by bigint not null references person,
  laid_at timestamptz not null,
  removed_by bigint references person,
  removed_at timestamptz,
  check ((removed_by is null) = (removed_at is null))
);

-- Both ends of a cable, each in a port: what was before a move has ended with its use of the port.
create table cable_end (
  port_use_id bigint primary key references port_use,
  cable_id bigint not null references cable,
  side text not null check (side in ('a', 'b'))
);
create index cable_end_of_cable on cable_end (cable_id);

-- What is written on both ends. A moved cable gets another; the former one is still found.
create table cable_label (
  id bigint generated always as identity primary key,
  cable_id bigint not null references cable,
  code text not null check (code <> ''), -- "DC.A2.20:1/DC.A2.42:14"
  since timestamptz not null,
  printed_at timestamptz, -- for the last time
  ended_at timestamptz
);
create unique index cable_label_once on cable_label (code) where ended_at is null;
create unique index cable_label_present on cable_label (cable_id) where ended_at is null;
create index cable_label_of_cable on cable_label (cable_id);

-- Further papers that the worker makes: the picture of a rack, sheets of labels, the record of a handover.
alter table paper drop constraint paper_kind_check;
alter table paper add constraint paper_kind_check
  check (kind in ('poster', 'prefix-map', 'rack-picture', 'cable-labels', 'handover-record'));
