-- The forum group in which the desk works, with one topic for each ticket. TELEGRAM_STAFF_GROUP is its seed; a group that
-- becomes a supergroup gets another id, and that one is kept until the seed itself is changed.
create table staff_group (
  is_only_row boolean primary key default true check (is_only_row),
  seed bigint not null check (seed < 0),
  chat_id bigint not null check (chat_id < 0),
  trouble text check (trouble in ('no-rights', 'not-a-forum', 'gone')), -- null: usable; else all goes to private chats
  trouble_since timestamptz,
  check ((trouble is null) = (trouble_since is null))
);

-- The topic of a ticket. The row is there before Telegram is asked for the topic: a crash in between leaves an empty topic,
-- which nobody can find again, and the next try makes another one.
create table ticket_topic (
  ticket_id bigint primary key references ticket,
  chat_id bigint not null check (chat_id < 0),
  begun_at timestamptz not null,
  thread_id bigint, -- null: not made yet, or deleted by hand
  made_at timestamptz, -- counts as a message for the limits of the group
  shows text not null default '', -- procedure and state in its title
  is_closed boolean not null default false,
  check ((thread_id is null) = (made_at is null))
);
create unique index ticket_topic_thread on ticket_topic (chat_id, thread_id) where thread_id is not null;
create index ticket_topic_made on ticket_topic (made_at) where made_at is not null;

alter table outbox
  add column topic_ticket_id bigint references ticket, -- goes into that ticket's topic of the group `chat_id`
  add column person_ids bigint[] not null default '{}', -- in a topic: for whom it is, who get it in private where the group is in trouble
  add check (topic_ticket_id is null or chat_id < 0);
create index outbox_for_topic on outbox (chat_id) where state = 'pending' and topic_ticket_id is not null;

-- Forms that are filled in within a topic are one of each person there.
alter table draft add column topic_ticket_id bigint references ticket;
