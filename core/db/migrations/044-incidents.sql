-- Outages and tickets meet (N6): an outage that lasts opens a ticket by itself, and who is affected joins it.

-- Who files what nobody filed; inactive, with no rights and no account.
alter table person add column is_machine boolean not null default false;
create unique index person_machine on person (is_machine) where is_machine;

alter table ticket
  add column outage_id bigint unique references outage, -- for which it was opened, once
  drop constraint ticket_channel_check,
  add constraint ticket_channel_check check (channel in ('chat', 'phone', 'letter', 'counter', 'monitor')),
  add check ((channel = 'monitor') = (outage_id is not null));
create index ticket_of_outage_open on ticket (outage_id) where outage_id is not null and ended_at is null;
-- Nothing was ever written there.
alter table outage drop column ticket_id;

alter table entry
  drop constraint entry_kind_check,
  add constraint entry_kind_check check (kind in (
    'filed', 'step', 'taken', 'handed-over', 'comment', 'reply', 'internal-note',
    'assigned', 'taken-back', 'reclassified', 'pending', 'resumed', 'urgency', 'requester-changed', 'reminded',
    'corrected', 'rated', 'lapse-reminded', 'affected', 'restored'));

-- "Saya juga terdampak"
create table outage_affected (
  outage_id bigint not null references outage,
  person_id bigint not null references person,
  office_id bigint not null references office, -- theirs at that moment
  joined_at timestamptz not null,
  told_at timestamptz, -- that the ticket has ended
  primary key (outage_id, person_id)
);

-- Of which outages somebody was told while filling in the form.
alter table draft add column warned_of text[] not null default '{}';
