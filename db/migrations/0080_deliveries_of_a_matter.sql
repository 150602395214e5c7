-- What still waits of a matter that was settled was looked for among everyone's waiting deliveries.
set local lock_timeout = '5s';

-- Few deliveries wait at any moment: the index is made at once.
-- squawk-ignore require-concurrent-index-creation
create index notice_deliveries_matter on notice_deliveries (tenant_id, matter_id) where state = 'queued';
