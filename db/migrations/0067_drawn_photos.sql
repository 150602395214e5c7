-- A picture that was drawn on names the photo it was drawn on; that one stays as it was taken.
set local lock_timeout = '5s';

alter table evidence add column annotates uuid; -- the file it was drawn on, of the same record
grant select (annotates), insert (annotates) on evidence to opsflow_app;

-- Which records have exactly these bytes: evidence of an earlier visit proves nothing now.
-- One entry a photo, a few million at most; building it waits for nobody who only reads.
-- squawk-ignore require-concurrent-index-creation
create index evidence_bytes on evidence (tenant_id, sha256);
