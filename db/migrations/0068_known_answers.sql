-- What someone had before their eyes when they answered: of two auditors who had not seen each other's answer, one has to be chosen.
set local lock_timeout = '5s';

alter table checklist_answers add column knew uuid[]; -- answers of the same question; null: a device of before this
grant select (knew), insert (knew) on checklist_answers to opsflow_app;
