-- The sealer gives each committed journal row a number and a hash that takes in the one before it. That happens outside
-- the transactions that write the rows, so that the chain never makes them wait for each other.
create table journal_chain (
  number bigint primary key check (number > 0),
  journal_id bigint not null unique references journal,
  hash bytea not null check (length(hash) = 32)
);

-- What waits for the sealer. A row whose transaction commits late is not passed over, as it would be by its id.
create table journal_unsealed (
  journal_id bigint primary key references journal
);
insert into journal_unsealed select id from journal;

create function note_unsealed() returns trigger language plpgsql as $$
begin
  insert into journal_unsealed values (new.id);
  return null;
end $$;

create trigger journal_is_sealed_later after insert on journal for each row execute function note_unsealed();
