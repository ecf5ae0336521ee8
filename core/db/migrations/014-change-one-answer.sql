-- A question that was opened again from the last look at a form leads straight back to it.
alter table draft add column returns_to_review boolean not null default false;
