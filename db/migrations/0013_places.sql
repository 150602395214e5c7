-- What a place is known by beside its name: a code of the chain's own, hours, the rule book, words to target it by.
set local lock_timeout = '5s';

alter table locations
  add column code text, -- what the chain's other systems call it
  add column rule_edition text, -- null: the usual edition of the jurisdiction
  add column opening_hours jsonb not null default '[]', -- a week, read and written whole (opening-hours.ts)
  add column special_days jsonb not null default '[]', -- dates that differ from the week
  add column attributes jsonb not null default '{}'; -- open by nature: the chain's own keys
alter table locations
  add constraint locations_code_length check (length(code) between 1 and 60) not valid,
  add constraint locations_rule_edition_length check (length(rule_edition) between 1 and 60) not valid,
  add constraint locations_opening_hours_list check (jsonb_typeof(opening_hours) = 'array') not valid,
  add constraint locations_special_days_list check (jsonb_typeof(special_days) = 'array') not valid,
  add constraint locations_attributes_object check (jsonb_typeof(attributes) = 'object') not valid;
-- The columns are new: every row holds these already, and a chain has thousands of locations at most.
-- squawk-ignore constraint-missing-not-valid
alter table locations validate constraint locations_code_length;
-- squawk-ignore constraint-missing-not-valid
alter table locations validate constraint locations_rule_edition_length;
-- squawk-ignore constraint-missing-not-valid
alter table locations validate constraint locations_opening_hours_list;
-- squawk-ignore constraint-missing-not-valid
alter table locations validate constraint locations_special_days_list;
-- squawk-ignore constraint-missing-not-valid
alter table locations validate constraint locations_attributes_object;
-- squawk-ignore require-concurrent-index-creation
create unique index locations_code on locations (tenant_id, organization_id, code) where code is not null;
grant select (code, rule_edition, opening_hours, special_days, attributes),
      insert (code, rule_edition, opening_hours, special_days, attributes),
      update (code, rule_edition, opening_hours, special_days, attributes) on locations to opsflow_app;
