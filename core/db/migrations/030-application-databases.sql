-- By what the database of an application is opened, each sealed by Pulumi's passphrase, as the stack's file has it.
create table application_database (
  application_id bigint primary key references application,
  admin_password text not null check (admin_password ~ '^sealed:1:[A-Za-z0-9_-]+$'),
  password text not null check (password ~ '^sealed:1:[A-Za-z0-9_-]+$'), -- of the application's account
  url text not null check (url ~ '^sealed:1:[A-Za-z0-9_-]+$'),
  filled_at timestamptz -- null: what was handed in is not loaded yet
);
