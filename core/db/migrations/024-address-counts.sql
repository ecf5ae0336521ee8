-- How many addresses of a prefix are what, kept as they change: counting a million of them takes longer than a screen may.
-- Whoever changes a range holds the lock of its prefix, so nobody waits here who did not wait before.
create table address_count (
  prefix_id bigint not null references prefix,
  kind text not null check (kind in ('reserved', 'assigned', 'quarantined')), -- of which each range holds one address
  count bigint not null check (count >= 0),
  primary key (prefix_id, kind)
);
insert into address_count (prefix_id, kind, count)
  select prefix_id, kind, count(*) from address_range
  where ended_at is null and kind in ('reserved', 'assigned', 'quarantined') group by prefix_id, kind;

create function count_begun_addresses() returns trigger language plpgsql as $$
begin
  insert into address_count as present (prefix_id, kind, count)
    select prefix_id, kind, count(*) from new_rows
    where ended_at is null and kind in ('reserved', 'assigned', 'quarantined') group by prefix_id, kind order by prefix_id, kind
    on conflict (prefix_id, kind) do update set count = present.count + excluded.count;
  return null;
end
$$;
create trigger address_range_counted after insert on address_range referencing new table as new_rows
  for each statement execute function count_begun_addresses();

-- Those that ended, or went over to another prefix. What is deleted was free.
create function count_changed_addresses() returns trigger language plpgsql as $$
declare
  change record;
begin
  for change in
    select prefix_id, kind, sum(added) as added from (
      select prefix_id, kind, ended_at, -1 as added from old_rows union all select prefix_id, kind, ended_at, 1 from new_rows) as rows
    where ended_at is null and kind in ('reserved', 'assigned', 'quarantined')
    group by prefix_id, kind having sum(added) <> 0 order by prefix_id, kind
  loop
    update address_count set count = count + change.added where prefix_id = change.prefix_id and kind = change.kind;
    if not found then
      insert into address_count (prefix_id, kind, count) values (change.prefix_id, change.kind, change.added);
    end if;
  end loop;
  return null;
end
$$;
create trigger address_range_counted_again after update on address_range referencing old table as old_rows new table as new_rows
  for each statement execute function count_changed_addresses();

-- A page of a prefix is read in the order of its addresses, without sorting all that it holds.
drop index address_range_present;
create index address_range_present on address_range (prefix_id, first) where ended_at is null and kind <> 'free';
create index address_range_kept_free on address_range (prefix_id) where ended_at is null and kind = 'kept-free';
