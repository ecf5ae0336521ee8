-- Announcements to offices: what is said, in versions; who approved exactly what; who has got it, and who has read it.

create table announcement (
  id bigint generated always as identity primary key,
  author_id bigint not null references person,
  written_at timestamptz not null,
  version integer not null default 1 check (version >= 1), -- the newest
  stage text not null default 'written' check (stage in ('written', 'asked', 'rejected', 'sent', 'withdrawn', 'discarded')),
  asked_at timestamptz, -- when approval of the newest version was asked for
  sent_version integer check (sent_version <= version), -- what people have
  sent_at timestamptz, -- of the first version that was sent
  corrected_at timestamptz, -- when a later one took its place
  withdrawn_by bigint references person,
  withdrawn_at timestamptz,
  withdrawn_because text, -- in the words of who withdrew it
  -- Nothing is sent that was not approved: see the foreign key below.
  sent_decision text generated always as (case when sent_version is not null then 'approved' end) stored,
  check ((sent_version is null) = (sent_at is null)),
  check (corrected_at is null or sent_at is not null),
  check (stage not in ('sent', 'withdrawn') or sent_version is not null),
  check (stage <> 'discarded' or sent_version is null),
  check (stage <> 'asked' or asked_at is not null),
  check ((stage = 'withdrawn') = (withdrawn_at is not null)),
  check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_because is null))
);

-- A change makes a new version; none is ever changed.
create table announcement_version (
  announcement_id bigint not null references announcement,
  version integer not null,
  author_id bigint not null references person, -- of this version
  written_at timestamptz not null,
  kind text not null check (kind in ('outage', 'maintenance', 'restored', 'information')),
  title text not null check (title <> ''),
  body text not null check (body <> ''),
  in_force_until timestamptz, -- null: until it is withdrawn
  is_for_all boolean not null, -- all offices; else those of announcement_office
  ticket_id bigint references ticket,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'), -- of text and audience
  primary key (announcement_id, version),
  unique (announcement_id, version, author_id, content_hash)
);

create table announcement_office (
  announcement_id bigint not null,
  version integer not null,
  office_id bigint not null references office,
  primary key (announcement_id, version, office_id),
  foreign key (announcement_id, version) references announcement_version
);

-- One word on each version, by somebody else than its author, on exactly that content.
create table announcement_decision (
  announcement_id bigint not null,
  version integer not null,
  author_id bigint not null,
  content_hash text not null,
  decision text not null check (decision in ('approved', 'rejected')),
  decided_by bigint not null references person,
  decided_at timestamptz not null,
  reason text, -- in the words of who rejected it
  primary key (announcement_id, version),
  unique (announcement_id, version, decision),
  foreign key (announcement_id, version, author_id, content_hash)
    references announcement_version (announcement_id, version, author_id, content_hash),
  check (decided_by <> author_id),
  check ((decision = 'rejected') = (reason is not null))
);

alter table announcement add constraint announcement_sent_approved foreign key (id, sent_version, sent_decision)
  references announcement_decision (announcement_id, version, decision);

-- To whom a version was sent, fixed at that moment, with the office of then.
create table announcement_receipt (
  announcement_id bigint not null,
  version integer not null,
  person_id bigint not null references person,
  office_id bigint not null references office,
  read_at timestamptz,
  primary key (announcement_id, version, person_id),
  foreign key (announcement_id, version) references announcement_version
);
create index announcement_receipt_by_person on announcement_receipt (person_id, announcement_id);
