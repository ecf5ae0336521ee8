-- Where the head of the journal's chain is pinned each day. TELEGRAM_JOURNAL_CHAT is its seed; a group that becomes a
-- supergroup gets another id, and that one is kept until the seed itself is changed.
create table journal_chat (
  is_only_row boolean primary key default true check (is_only_row),
  seed bigint not null,
  chat_id bigint not null
);

-- What was published there. It stands outside the database too, in the chat: that is what it is for.
create table journal_pin (
  id bigint generated always as identity primary key,
  chat_id bigint not null,
  day date not null, -- of the office; one pin a day in a chat
  number bigint not null check (number >= 0), -- rows in the chain at that moment
  hash bytea not null check (length(hash) = 32),
  at timestamptz not null,
  message_id bigint, -- null: not sent yet
  pinned_at timestamptz, -- null: not pinned, or the bot may not
  unique (chat_id, day)
);
