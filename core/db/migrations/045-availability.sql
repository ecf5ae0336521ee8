-- Availability against what is agreed (R35), why something was down, and papers that show it.

-- Of a month; null: as what it lies behind, else as the profile says.
alter table monitor_target add column agreed_percent double precision check (agreed_percent between 50 and 100);

-- "Listrik padam?": what somebody at a site was asked about an outage, and said.
create table power_question (
  id bigint generated always as identity primary key,
  outage_id bigint not null references outage,
  person_id bigint not null references person, -- who is asked
  asked_by bigint not null references person,
  asked_at timestamptz not null,
  is_out boolean, -- null: no answer yet
  answered_at timestamptz,
  unique (outage_id, person_id),
  check ((is_out is null) = (answered_at is null))
);

-- Further papers that the worker makes: pictures of what is watched, the evidence of an outage for its provider.
alter table paper drop constraint paper_kind_check;
alter table paper add constraint paper_kind_check check (kind in
  ('poster', 'prefix-map', 'rack-picture', 'handover-record', 'cable-labels', 'target-picture', 'status-picture', 'outage-evidence'));
