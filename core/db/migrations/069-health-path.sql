-- The page by which it is known that an application answers; null: that of its runtime.
alter table application add column health_path text check (health_path ~ '^/');
