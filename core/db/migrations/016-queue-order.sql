-- What waits is found in its order without sorting all that waits.
create index inbox_order on inbox (id) where state = 'pending';
