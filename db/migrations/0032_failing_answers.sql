-- Which items fail most, over a year of many locations: failing answers are few among all.
set local lock_timeout = '5s';

-- squawk-ignore require-concurrent-index-creation
create index checklist_answers_failing on checklist_answers (tenant_id, location_id, answered_at) where outcome = 'fail';
