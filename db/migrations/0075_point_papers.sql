-- A paper can be the report of one critical control point.
set local lock_timeout = '5s';

alter table papers drop constraint papers_kind_check;
alter table papers add constraint papers_kind_check check (kind in ('record', 'pack', 'point')) not valid;
