-- One row per identity of the rows themselves: its name and two sides, which must be equal.
select 'read = accepted + rejected + duplicate', coalesce(sum(read_n), 0)::bigint, coalesce(sum(accepted_n + rejected_n + duplicate_n), 0)::bigint
from wh.batch
union all
select 'rejected + duplicate = rows kept in reject', coalesce(sum(rejected_n + duplicate_n), 0)::bigint, (select count(*) from wh.reject)
from wh.batch
union all
-- asked of what this ingest told: its own rows, and rows of older batches that had to make room
select 'one row per dossier',
    (select count(*) from fresh) + (
        select count(*) from wh.dossier as older
        anti join fresh_batch on fresh_batch.batch_no = older.batch_no
        semi join fresh on fresh.dossier_code = older.dossier_code and fresh.system = older.system
    ),
    (select count(*) from (select distinct system, dossier_code from fresh))
union all
select 'closed dossiers have a closing moment',
    count(*) filter (where outcome in ('resolved', 'refused', 'withdrawn', 'stopped')),
    count(closed_at)
from wh.dossier
union all
select 'resolved dossiers have a verdict', count(*) filter (where outcome = 'resolved'), count(timing) from wh.dossier;
