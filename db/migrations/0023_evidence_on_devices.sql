-- Devices hold what their records are proven by: named, arrived, done without.
set local lock_timeout = '5s';

select app.feed('evidence', 'evidence');
