-- Jadwal piket: who of the desk is to be on duty on which day. It gives no rights: on duty is who has begun a shift.
create table duty_roster (
  day date primary key, -- local
  person_id bigint not null references person,
  told_at timestamptz -- that it is their day
);

-- How often somebody was reminded of what nobody took: after some the next by the roster is, too.
alter table monitor_alert add column reminders integer not null default 0 check (reminders >= 0);
