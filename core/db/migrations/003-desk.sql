-- The desk of many offices: tickets that wait, that are taken back or filed for somebody else, and what the clock does.

-- Who phoned, wrote or stood at the counter and is in no register; becomes somebody, or is joined with somebody, later.
alter table person add column is_provisional boolean not null default false;
create index person_by_name on person (lower(name), id);

alter table ticket
  add column channel text not null default 'chat' check (channel in ('chat', 'phone', 'letter', 'counter')),
  add column is_urgent boolean not null default false, -- a public service stands still
  add column pending_on text check (pending_on in ('requester', 'vendor', 'spare-part', 'budget', 'site-access')),
  add column pending_until timestamptz,
  add column wakes_at timestamptz, -- when the clock has to look at it
  add check ((pending_on is null) = (pending_until is null)),
  add check (pending_on is null or ended_at is null),
  add check (wakes_at is null or ended_at is null);
create index ticket_to_wake on ticket (wakes_at) where wakes_at is not null;
create index ticket_by_office on ticket (office_id, id desc);

alter table entry
  alter column person_id drop not null, -- null: the machine, by a rule of the desk
  -- What the step found, so that a wrong press can be taken back; once at most, by the entry that names it here.
  add column before jsonb,
  add column takes_back bigint unique references entry,
  add check ((kind = 'taken-back') = (takes_back is not null)),
  drop constraint entry_kind_check,
  add constraint entry_kind_check check (kind in (
    'filed', 'step', 'taken', 'handed-over', 'comment', 'reply', 'internal-note',
    'assigned', 'taken-back', 'reclassified', 'pending', 'resumed', 'urgency', 'requester-changed', 'reminded'));

alter table work_order_move
  alter column person_id drop not null,
  drop constraint work_order_move_kind_check,
  add constraint work_order_move_kind_check check (kind in ('issued', 'forwarded', 'returned', 'closed', 'taken-back'));

-- Whose answer is awaited already is reminded too.
update ticket set wakes_at = now() where holder = 'user';
