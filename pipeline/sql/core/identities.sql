-- One row per identity of the rows themselves: its name and two sides, which must be equal.
select 'read = accepted + rejected + duplicate', coalesce(sum(read_n), 0)::bigint, coalesce(sum(accepted_n + rejected_n + duplicate_n), 0)::bigint
from wh.batch
union all
select 'rejected + duplicate = rows kept in reject', coalesce(sum(rejected_n + duplicate_n), 0)::bigint, (select count(*) from wh.reject)
from wh.batch
union all
select 'one row per dossier', count(*), (select count(*) from (select distinct system, dossier_code from fresh))
from fresh
union all
select 'closed dossiers have a closing moment',
    count(*) filter (where outcome in ('resolved', 'refused', 'withdrawn', 'stopped')),
    count(closed_at)
from wh.dossier
union all
select 'resolved dossiers have a verdict', count(*) filter (where outcome = 'resolved'), count(timing) from wh.dossier;
