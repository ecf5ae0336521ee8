-- Somebody from outside gets at the files of an application, until a day.
create table vendor_access (
  id bigint generated always as identity primary key,
  application_id bigint not null references application,
  ticket_id bigint not null references ticket, -- that asked for it
  target text not null check (target <> ''), -- by its name in the profile
  kind text not null check (kind in ('sftp', 'shell')),
  vendor text not null check (vendor <> ''),
  person_name text not null check (person_name <> ''),
  public_key text not null check (public_key ~ '^[a-z0-9-]+ [A-Za-z0-9+/]+=*$'), -- type and base64, and nothing else
  sources text check (sources ~ '^[0-9./]+(,[0-9./]+)*$'), -- networks, with commas between; null: from anywhere
  until timestamptz not null,
  port integer not null check (port between 1024 and 65535), -- of the host
  host_key text check (host_key like 'sealed:%'), -- null: it was not planned yet
  fingerprint text check (fingerprint ~ '^SHA256:[A-Za-z0-9+/]{43}$'),
  asked_at timestamptz not null,
  granted_at timestamptz, -- since when it stands; null: it does not yet
  ended_at timestamptz, -- from then on nobody is to get in
  ended_because text check (ended_because in ('over', 'revoked', 'stopped', 'deleted', 'isolated', 'given-up')),
  ended_by bigint references person, -- null: the clock, or what became of its application
  shut_at timestamptz, -- since when nobody gets in; null: not seen yet
  closed_at timestamptz, -- nothing of it stands on its host any more
  trouble text check (trouble <> ''), -- why it could not be shut, the last time
  check ((host_key is null) = (fingerprint is null)),
  check (granted_at is null or host_key is not null),
  check ((ended_at is null) = (ended_because is null)),
  check (ended_by is null or ended_because = 'revoked'),
  check (shut_at is null or ended_at is not null),
  check (closed_at is null or shut_at is not null)
);
create unique index vendor_access_once on vendor_access (application_id) where closed_at is null;
create unique index vendor_access_port on vendor_access (target, port) where closed_at is null;
create index vendor_access_of_ticket on vendor_access (ticket_id);

alter table application_revision drop constraint application_revision_change_check;
alter table application_revision add constraint application_revision_change_check
  check (change in ('new', 'version', 'size', 'name', 'stop', 'start', 'roll-back', 'delete', 'purge', 'access'));
