-- A file that was begun for a form goes on where the form was sent, and belongs to what the form became.
alter table upload
  add column ticket_id bigint references ticket,
  add column entry_id bigint references entry,
  add check ((ticket_id is null) = (entry_id is null)),
  add check (draft_id is null or ticket_id is null);
