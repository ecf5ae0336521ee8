-- A stack of Pulumi: an application's, or that of what all applications of a host share.
create table stack (
  name text primary key check (name ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(name) <= 40),
  target text not null check (target <> ''),
  begun_plan_id bigint, -- by which its host began to be changed last; null: it has not
  built_plan_id bigint, -- the last that was carried out to its end
  state_hash text, -- of Pulumi's state when a machine of ours wrote it last; null: never
  state_hash_at timestamptz,
  check ((state_hash is null) = (state_hash_at is null))
);
insert into stack (name, target) select distinct on (stack) stack, target from application order by stack, id desc;
alter table application add foreign key (stack) references stack;

-- What an application is, or is to be, made of: each change that somebody asks for is another one.
create table application_revision (
  id bigint generated always as identity primary key,
  application_id bigint not null references application,
  ticket_id bigint not null references ticket, -- that asked for it
  change text not null check (change in ('new', 'version', 'size', 'name', 'stop', 'start', 'roll-back', 'delete', 'purge')),
  domain_name text not null check (domain_name <> ''),
  size text not null check (size <> ''), -- by its name in the profile
  attachment_id bigint not null references attachment, -- the file that was handed in
  dump_id bigint references attachment,
  image_id text check (image_id ~ '^sha256:[0-9a-f]{64}$'), -- null: not on the target yet
  slot text not null check (slot in ('a', 'b')), -- which of the two containers answers
  is_running boolean not null,
  state text not null check (state in ('planned', 'building', 'built', 'failed', 'given-up')),
  changed_at timestamptz not null,
  check (state in ('planned', 'given-up') or image_id is not null)
);
create index application_revision_of_ticket on application_revision (ticket_id, id);
create unique index application_changed_once on application_revision (application_id)
  where state in ('planned', 'building', 'failed');
insert into application_revision
  (application_id, ticket_id, change, domain_name, size, attachment_id, image_id, slot, is_running, state, changed_at)
  select id, ticket_id, 'new', domain_name, size, attachment_id, image_id, 'a', true,
    case state when 'removed' then 'given-up' else state end, changed_at from application order by id;

alter table application add column revision_id bigint references application_revision; -- what stands; null: nothing yet
update application set revision_id = made.id from application_revision as made
  where made.application_id = application.id and application.state = 'built';

alter table application_plan rename to stack_plan;
alter index application_plan_of_application rename to stack_plan_of_application;
alter table stack_plan add column stack text references stack, add column ticket_id bigint references ticket;
update stack_plan set stack = application.stack, ticket_id = application.ticket_id
  from application where application.id = application_id;
alter table stack_plan alter column stack set not null, alter column ticket_id set not null;
drop index stack_plan_of_application;
create index stack_plan_of_ticket on stack_plan (ticket_id, id);
update stack set begun_plan_id = application.begun_plan_id,
    built_plan_id = case application.state when 'built' then application.begun_plan_id end
  from application where application.stack = stack.name and application.state <> 'removed';
alter table stack add foreign key (begun_plan_id) references stack_plan, add foreign key (built_plan_id) references stack_plan;

alter table stack_plan drop column application_id;
-- That of what all applications of a host share names its own by a digest, in its file.
alter table stack_plan alter column image_id drop not null;

alter table application drop constraint application_state_check, drop constraint application_check3;
-- How far something has come is said by its revision.
update application set state = 'planned' where state in ('building', 'failed');
alter table application
  add constraint application_state_check check (state in ('planned', 'built', 'stopped', 'isolated', 'deleted', 'removed')),
  add constraint application_stands check (state in ('planned', 'removed') or revision_id is not null),
  drop column domain_name, drop column size, drop column attachment_id, drop column image_id, drop column begun_plan_id,
  add column database text check (database <> ''), -- by its name in the profile; null: none
  add column database_address inet check (database_address << subnet),
  add check ((database is null) or (database_address is not null));
