-- An image of a registry is fetched into a file, and from then on is what was handed in. So where it is from belongs to the file.
alter table attachment
  add column image_reference text check (image_reference ~ '^[a-z0-9.:-]+/[a-z0-9._/-]+@sha256:[0-9a-f]{64}$'), -- null: it was sent
  add column trouble text; -- of an image that could not be fetched: why

-- What was planned or built of a registry before never had a file: what stands keeps its image, what waits is handed in again.
do $$
declare
  revision record;
  file bigint;
begin
  for revision in
    select application_revision.id, ticket_id, requester_id, image_reference, application_revision.changed_at
    from application_revision join ticket on ticket.id = ticket_id
    where image_reference is not null
  loop
    insert into attachment (ticket_id, person_id, field, kind, name, mime_type, state, image_reference, received_at)
    values (revision.ticket_id, revision.requester_id, 'application-files', 'document', 'image.tar', 'application/x-tar', 'failed',
            revision.image_reference, revision.changed_at)
    returning id into file;
    update application_revision set attachment_id = file, image_reference = null where id = revision.id;
  end loop;
end $$;

alter table application_revision
  drop constraint revision_has_one_source,
  drop column image_reference,
  alter column attachment_id set not null;
