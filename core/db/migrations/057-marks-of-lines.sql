-- Of the lines of a list that can be imported: which change what is there, and of which names no name server said anything.
alter table people_import add column marks jsonb not null default '{"changed": [], "unsure": []}';
alter table address_import add column marks jsonb not null default '{"changed": [], "unsure": []}';
alter table name_import add column marks jsonb not null default '{"changed": [], "unsure": []}';
alter table asset_import add column marks jsonb not null default '{"changed": [], "unsure": []}';
alter table target_import add column marks jsonb not null default '{"changed": [], "unsure": []}';

-- What a secret is the address of: of one heartbeat one page, whoever asked for it.
alter table one_time_secret add column check_id bigint references monitor_check;
create index one_time_secret_of_check on one_time_secret (check_id) where check_id is not null;
