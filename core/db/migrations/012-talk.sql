-- Conversation: ratings after closing, corrections that keep both versions, voice notes and videos, albums.

alter table entry
  -- The entry whose words a correction replaces; both stay.
  add column corrects bigint references entry,
  add check ((kind = 'corrected') = (corrects is not null)),
  drop constraint entry_kind_check,
  add constraint entry_kind_check check (kind in (
    'filed', 'step', 'taken', 'handed-over', 'comment', 'reply', 'internal-note',
    'assigned', 'taken-back', 'reclassified', 'pending', 'resumed', 'urgency', 'requester-changed', 'reminded',
    'corrected', 'rated', 'lapse-reminded'));
create index entry_by_corrected on entry (corrects, id) where corrects is not null;

alter table attachment
  drop constraint attachment_kind_check,
  add constraint attachment_kind_check check (kind in (
    'photo', 'document', 'voice', 'video', 'video-note', 'audio', 'animation'));

-- The requester's verdict on one closing; a ticket that is closed again is rated anew.
create table rating (
  id bigint generated always as identity primary key,
  ticket_id bigint not null references ticket,
  closing_entry_id bigint not null unique references entry,
  person_id bigint not null references person,
  stars smallint not null check (stars between 1 and 5),
  rated_at timestamptz not null,
  comment_entry_id bigint references entry -- the words stand there
);
create index rating_by_ticket on rating (ticket_id);

-- What a message of a person became, so that an edit of it, or the next part of its album, finds it. Holds no words.
create table heard_message (
  chat_id bigint not null,
  message_id bigint not null,
  album_id text,
  draft_id bigint references draft on delete cascade, -- answers a question of a form that is open
  entry_id bigint references entry, -- is part of a ticket
  field text not null, -- of the form or the entry
  length integer not null check (length >= 0), -- of its part of that answer; 0: a file without words
  heard_at timestamptz not null,
  primary key (chat_id, message_id),
  check (num_nonnulls(draft_id, entry_id) = 1)
);
create index heard_message_by_draft on heard_message (draft_id) where draft_id is not null;
create index heard_message_by_entry on heard_message (entry_id) where entry_id is not null;
create index heard_message_by_album on heard_message (chat_id, album_id) where album_id is not null;
create index heard_message_by_age on heard_message (heard_at);

-- The message that shows a form's present question: when the question moves on it loses its buttons.
alter table draft add column question_message_id bigint;
