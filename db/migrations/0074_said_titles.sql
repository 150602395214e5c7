-- What the product itself asks for is told in the language of whoever reads it: its kind, and what it is about.
set local lock_timeout = '5s';

alter table tasks add column said jsonb check (octet_length(said::text) <= 2000); -- null: `title` is somebody's own words
grant insert (said), select (said), update (said) on tasks to opsflow_app;

alter table matters add column said jsonb check (octet_length(said::text) <= 2000); -- of the task it is about
grant insert (said), select (said), update (said) on matters to opsflow_app;
