-- Work that ends the process which does it (out of memory, a crash in a library) is counted before it begins, and set aside
-- when it has been tried often enough, so that it does not take the service down again and again.
set local lock_timeout = '5s';

alter table imports add column attempts int not null default 0 check (attempts >= 0); -- since the last batch that went well
alter table audit_imports add column attempts int not null default 0 check (attempts >= 0);
alter table file_uploads add column attempts int not null default 0 check (attempts >= 0);
grant select (attempts), insert (attempts), update (attempts) on imports, audit_imports, file_uploads to opsflow_app;
-- After a start the least tried goes first.
grant select (attempts) on imports, audit_imports to opsflow_relay;

select app.ledger('imports', named_out => array['content']);
select app.ledger('audit_imports');
