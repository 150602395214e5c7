-- Where a place lies, and how far around it someone still is there: an auditor may show by it that they were.
set local lock_timeout = '5s';

alter table locations
  add column latitude double precision, -- degrees, WGS 84; null with longitude: not told
  add column longitude double precision,
  add column radius_metres int not null default 150;
alter table locations
  add constraint locations_position check (
    (latitude is null) = (longitude is null) and latitude between -90 and 90 and longitude between -180 and 180) not valid,
  add constraint locations_radius check (radius_metres between 25 and 2000) not valid;
-- The columns are new: every row holds these already, and a chain has thousands of locations at most.
-- squawk-ignore constraint-missing-not-valid
alter table locations validate constraint locations_position;
-- squawk-ignore constraint-missing-not-valid
alter table locations validate constraint locations_radius;
grant select (latitude, longitude, radius_metres), insert (latitude, longitude, radius_metres),
      update (latitude, longitude, radius_metres) on locations to opsflow_app;
