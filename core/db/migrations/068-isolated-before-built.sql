-- What was begun and did not come to its end may run on its host, and is isolated as what stands is.
alter table application
  drop constraint application_stands,
  add constraint application_stands check (state in ('planned', 'isolated', 'removed') or revision_id is not null);
