-- What /metrics counts at each scrape are few rows among many: found without reading the others.
create index inbox_parked on inbox (id) where state = 'parked';
create index outbox_dead on outbox (id) where state = 'dead';
