-- What the registers hold for a ticket is looked up whenever its card is shown.
create index address_range_of_ticket on address_range (ticket_id) where ended_at is null and ticket_id is not null;
