-- A duty can be given to someone, by whoever leads there.
set local lock_timeout = '5s';

alter table duties add column given_by uuid; -- null: taken by whoever has it
-- Not validated: the column is new; every row to come is checked.
alter table duties
  add constraint duties_given_by foreign key (tenant_id, given_by) references members (tenant_id, id) not valid;
grant select (given_by), insert (given_by) on duties to opsflow_app;
