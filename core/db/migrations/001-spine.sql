-- What this database was made for. A playground (rights without a password) never opens a database that a token has used.
create table installation (
  is_only_row boolean primary key default true check (is_only_row),
  id uuid not null default gen_random_uuid(), -- names the folder of its files
  purpose text not null check (purpose in ('playground', 'telegram')),
  profile text not null,
  created_at timestamptz not null default now()
);

-- People -----------------------------------------------------------------------------------------------------------

create table office (
  id bigint generated always as identity primary key,
  code text not null unique,
  name text not null
);

create table person (
  id bigint generated always as identity primary key,
  name text not null check (name <> ''),
  nip text unique check (nip ~ '^[0-9]{18}$'), -- null: not a civil servant
  office_id bigint not null references office,
  is_active boolean not null default true,
  playground_key text unique, -- by which the playground finds its people again
  created_at timestamptz not null
);
create index person_by_office on person (office_id);

create table person_role (
  person_id bigint not null references person,
  role text not null,
  granted_by bigint references person, -- null: from the server's terminal
  granted_at timestamptz not null,
  primary key (person_id, role)
);
create index person_role_by_role on person_role (role);

-- A role that takes a second administrator (leadership): proposed by one, decided by another, never by the one it is for.
create table role_proposal (
  id bigint generated always as identity primary key,
  person_id bigint not null references person,
  role text not null,
  proposed_by bigint not null references person,
  proposed_at timestamptz not null,
  decided_by bigint references person,
  decided_at timestamptz,
  decision text check (decision in ('confirmed', 'rejected')),
  check ((decided_at is null) = (decision is null) and (decided_by is null) = (decision is null)),
  check (decision is distinct from 'confirmed' or decided_by not in (proposed_by, person_id))
);
create unique index role_proposal_open on role_proposal (person_id, role) where decision is null;

create table telegram_account (
  id bigint generated always as identity primary key,
  telegram_user_id bigint not null, -- also the id of the private chat
  person_id bigint not null references person,
  linked_at timestamptz not null,
  unlinked_at timestamptz,
  unreachable_since timestamptz -- the person blocked the bot
);
create unique index telegram_account_user on telegram_account (telegram_user_id) where unlinked_at is null;
create unique index telegram_account_person on telegram_account (person_id) where unlinked_at is null;

create table link_code (
  code_hash bytea primary key, -- sha256 of the code
  person_id bigint not null references person,
  issued_by bigint references person, -- null: the server's terminal
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index link_code_by_person on link_code (person_id);

-- Who wrote without being linked. Kept for days.
create table stranger (
  telegram_user_id bigint primary key,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  answered_at timestamptz
);

-- Tickets ----------------------------------------------------------------------------------------------------------

create table ticket (
  id bigint generated always as identity primary key, -- shown as T-0042
  procedure text not null,
  state text not null,
  holder text, -- the role whose turn it is; null when ended
  assignee_id bigint references person,
  version integer not null default 1,
  requester_id bigint not null references person,
  office_id bigint not null references office,
  subject text not null check (subject <> ''), -- short, no personal data
  answers jsonb not null, -- the filed form, by field name
  occurred_at timestamptz, -- time it happened (R36)
  reported_at timestamptz not null, -- time it was reported (R36)
  resolution text, -- final resolution (R36)
  ended_at timestamptz,
  changed_at timestamptz not null,
  check ((holder is null) = (ended_at is not null)),
  check (assignee_id is null or holder is not null)
);
create index ticket_by_requester on ticket (requester_id, id desc);
create index ticket_by_holder on ticket (holder, id) where holder is not null;
create index ticket_by_assignee on ticket (assignee_id, id) where assignee_id is not null;

-- Exactly one team holds a work order at a time (R06).
create table work_order (
  id bigint generated always as identity primary key,
  ticket_id bigint not null references ticket,
  ordinal integer not null, -- shown as WO-0042-1
  holder text not null,
  issued_at timestamptz not null,
  closed_at timestamptz,
  unique (ticket_id, ordinal)
);
create unique index work_order_open on work_order (ticket_id) where closed_at is null;

-- What happened to a ticket, in order: steps, notes, replies, comments, takings. Only added to.
create table entry (
  id bigint generated always as identity primary key,
  ticket_id bigint not null references ticket,
  kind text not null check (kind in ('filed', 'step', 'taken', 'handed-over', 'comment', 'reply', 'internal-note')),
  step text, -- name of the step in the procedure's table
  role text, -- the role in which the person did it
  person_id bigint not null references person,
  at timestamptz not null,
  answers jsonb not null default '{}', -- what the step asked for, by field name
  from_state text,
  to_state text,
  to_person_id bigint references person, -- handed over to
  check ((kind = 'step') = (step is not null))
);
create index entry_by_ticket on entry (ticket_id, id);

create table work_order_move (
  id bigint generated always as identity primary key,
  work_order_id bigint not null references work_order,
  kind text not null check (kind in ('issued', 'forwarded', 'returned', 'closed')),
  from_role text,
  to_role text,
  person_id bigint not null references person,
  at timestamptz not null
);
create index work_order_move_by_order on work_order_move (work_order_id, id);

-- Forms that are being filled in. Named questions, so that a deploy does not move a conversation.
create table draft (
  id bigint generated always as identity primary key,
  chat_id bigint not null,
  person_id bigint not null references person,
  form text not null,
  subject jsonb not null, -- what the form is about, e.g. {"ticketId": 42, "step": "close"}
  question text not null,
  answers jsonb not null default '{}',
  touched_at timestamptz not null,
  expires_at timestamptz not null
);
create index draft_by_chat on draft (chat_id, touched_at desc);

create table attachment (
  id bigint generated always as identity primary key,
  draft_id bigint references draft on delete set null,
  entry_id bigint references entry,
  ticket_id bigint references ticket,
  person_id bigint not null references person,
  kind text not null check (kind in ('photo', 'document')),
  name text not null,
  mime_type text not null,
  telegram_file_id text not null,
  state text not null default 'waiting' check (state in ('waiting', 'stored', 'failed')),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint,
  received_at timestamptz not null,
  check ((state = 'stored') = (sha256 is not null))
);
create index attachment_by_ticket on attachment (ticket_id, id);
create index attachment_by_draft on attachment (draft_id) where draft_id is not null;

-- The way of one message -------------------------------------------------------------------------------------------

create table inbox (
  id bigint generated always as identity primary key, -- order of arrival
  bot_id bigint not null,
  update_id bigint not null,
  chat_key text not null, -- one at a time within it
  payload jsonb not null,
  state text not null default 'pending' check (state in ('pending', 'handled', 'parked')),
  attempts integer not null default 0,
  last_error text,
  received_at timestamptz not null,
  due_at timestamptz not null,
  handled_at timestamptz,
  unique (bot_id, update_id)
);
create index inbox_pending on inbox (chat_key, id) where state = 'pending';

-- Telegram keeps updates for a day: after a longer silence, also of a process that did not run, messages may be missing.
create table poller (
  bot_id bigint primary key,
  last_poll_at timestamptz not null
);

-- A message is a kind and its values; the bot turns it into words when it is sent.
create table outbox (
  id bigint generated always as identity primary key,
  chat_id bigint not null,
  message jsonb not null,
  priority smallint not null, -- 0 answers what the person just did, 1 notices
  edits_message_id bigint, -- null: a new message
  merge_key text, -- edits of the same thing merge
  revision integer not null default 1, -- grows when merged while under way
  token text not null unique, -- of its buttons; the same when a crash repeats the message
  presses jsonb, -- what each button does
  state text not null default 'pending' check (state in ('pending', 'sent', 'dropped', 'dead')),
  attempts integer not null default 0,
  last_error text,
  created_at timestamptz not null,
  due_at timestamptz not null,
  sent_at timestamptz,
  sent_message_id bigint
);
create unique index outbox_merge on outbox (chat_id, merge_key) where state = 'pending' and merge_key is not null;
create index outbox_pending on outbox (priority, id) where state = 'pending';
create index outbox_chat on outbox (chat_id, priority, id) where state = 'pending';
create index outbox_message on outbox (chat_id, sent_message_id) where sent_message_id is not null;
create index outbox_sent_key on outbox (merge_key) where merge_key is not null and sent_message_id is not null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;

-- The one card that a chat has of a ticket, edited in place.
create table ticket_card (
  chat_id bigint not null,
  ticket_id bigint not null references ticket,
  message_id bigint not null,
  primary key (chat_id, ticket_id)
);
create index ticket_card_by_ticket on ticket_card (ticket_id);
create index ticket_card_by_message on ticket_card (chat_id, message_id);

-- The record -------------------------------------------------------------------------------------------------------

-- Ids and values only, never personal text. The application's role may add and read, nothing else.
create table journal (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_id bigint references person, -- null: the system
  on_behalf_of text, -- role for which the system acted
  event text not null,
  subject_kind text not null,
  subject_id bigint not null,
  details jsonb not null default '{}'
);
create index journal_by_subject on journal (subject_kind, subject_id, id);

-- Rates; may be lost in a crash.
create unlogged table rate_bucket (
  bucket text primary key,
  tokens double precision not null,
  refilled_at timestamptz not null
);
