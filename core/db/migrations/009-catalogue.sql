-- The small requests of every day: which entry of the profile's catalogue a ticket asks for.

alter table ticket
  add column item text, -- null: none, it was filed under a procedure of its own
  add check (item is null or procedure in ('short-request', 'approved-request'));
