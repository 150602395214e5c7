-- What only a shared tablet vouches for is listed for managers. The table is new and small: no index is built beside it.
set local lock_timeout = '5s';

-- squawk-ignore require-concurrent-index-creation
create index sync_mutations_vouched on sync_mutations (tenant_id, kiosk_id, received_at desc, id desc)
  where proved in ('tablet', 'outdated');
