-- What was known to be down when a complaint of it was filed all the same: the desk reads it on the ticket.
create table ticket_known_outage (
  ticket_id bigint not null references ticket,
  outage_id bigint not null references outage,
  primary key (ticket_id, outage_id)
);
create index ticket_known_outage_of_outage on ticket_known_outage (outage_id);

-- Who joined is told once that it answers again; those of what has been restored before this are told of the end only.
alter table outage_affected add column told_restored_at timestamptz;
