-- Counters of the business day beside what the board shows: a dashboard adds up one row a unit, not hours of readings.
set local lock_timeout = '5s';

alter table unit_states
  add column day_starts timestamptz,
  add column day_readings int not null default 0,
  add column day_compliant int not null default 0,
  add column day_judged int not null default 0;
grant select (day_starts, day_readings, day_compliant, day_judged),
      insert (day_starts, day_readings, day_compliant, day_judged),
      update (day_starts, day_readings, day_compliant, day_judged) on unit_states to opsflow_app;
