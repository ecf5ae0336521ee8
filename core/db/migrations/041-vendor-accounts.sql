-- Somebody from outside gets at the database of an application, by an account of their own.
alter table vendor_access add column account_password text check (account_password ~ '^sealed:1:[A-Za-z0-9_-]+$'); -- null: no account is there
alter table vendor_access drop constraint vendor_access_kind_check;
alter table vendor_access add constraint vendor_access_kind_check
  check (kind in ('sftp', 'shell', 'database-read', 'database-change'));
alter table vendor_access add constraint vendor_access_account_check
  check (account_password is null or (kind in ('database-read', 'database-change') and closed_at is null));
