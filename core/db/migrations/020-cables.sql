-- Cables and their labels (R16): the address code between the two nodes.

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
create index cable_of_ticket on cable (ticket_id) where ticket_id is not null;

-- An end of a cable is its use of a port: what was before a move is a use that has ended.
alter table port_use
  add column cable_id bigint references cable,
  add column cable_side text check (cable_side in ('a', 'b')),
  add check ((cable_id is null) = (cable_side is null)),
  add check (place_id is null or cable_id is null);
create unique index port_use_of_cable on port_use (cable_id, cable_side) where ended_at is null;
create index port_use_of_cable_ever on port_use (cable_id) where cable_id is not null;

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

-- A cable that lies has both ends and a label, one that was removed has none, whoever writes.
create function keep_cable_whole() returns trigger language plpgsql as $$
declare
  whose bigint := case tg_table_name when 'cable' then (to_jsonb(new) ->> 'id')::bigint
    else (to_jsonb(new) ->> 'cable_id')::bigint end;
  lies int := (select case when removed_at is null then 1 else 0 end from cable where id = whose);
begin
  if (select count(*) from port_use where cable_id = whose and ended_at is null) <> 2 * lies
    or (select count(*) from cable_label where cable_id = whose and ended_at is null) <> lies
  then
    raise exception 'cable % has neither both ends and a label, nor none of them', whose using errcode = 'check_violation';
  end if;
  return null;
end
$$;
create constraint trigger cable_whole after insert or update on cable
  deferrable initially deferred for each row execute function keep_cable_whole();
create constraint trigger cable_whole after insert or update on port_use
  deferrable initially deferred for each row when (new.cable_id is not null) execute function keep_cable_whole();
create constraint trigger cable_whole after insert or update on cable_label
  deferrable initially deferred for each row execute function keep_cable_whole();

-- A label is printed, again too, and it ends; what it was is not forgotten.
create function keep_label_history() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.ended_at is not null
    or (old.cable_id, old.code, old.since) is distinct from (new.cable_id, new.code, new.since)
  then
    raise exception 'the history of a label is only added to (cable_label %)', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger cable_label_kept before update or delete on cable_label for each row execute function keep_label_history();

-- Further papers that the worker makes: the picture of a rack, sheets of labels, the record of a handover.
alter table paper drop constraint paper_kind_check;
alter table paper add constraint paper_kind_check
  check (kind in ('poster', 'prefix-map', 'rack-picture', 'cable-labels', 'handover-record'));
