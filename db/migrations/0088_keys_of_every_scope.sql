-- There are more than fifty permissions now; a key may have each.
set local lock_timeout = '5s';

alter table api_keys drop constraint api_keys_scopes_check;
-- Keys are few, and the wider check holds for each of them.
-- squawk-ignore constraint-missing-not-valid
alter table api_keys add constraint api_keys_scopes_check check (cardinality(scopes) between 1 and 200);
