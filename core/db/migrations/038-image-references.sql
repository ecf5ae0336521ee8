-- An image may be named by its digest in a registry, in place of a file that is handed in.
alter table application_revision
  alter column attachment_id drop not null,
  add column image_reference text check (image_reference ~ '^[a-z0-9.:-]+/[a-z0-9._/-]+@sha256:[0-9a-f]{64}$'),
  add constraint revision_has_one_source check ((attachment_id is null) <> (image_reference is null));
