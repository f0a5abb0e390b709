-- One row per dossier that is open at the horizon or was closed after it: what queues, due-soon and
-- overdue lists are made of, some percent of all dossiers. Of the snapshot before stays what this ingest does not
-- tell anew; where the horizon moved back, what was closed in between comes in again.
create or replace table open_dossier as
with candidate as (
    select * from open_dossier anti join gone using (system, dossier_code)
    union all
    select * from fresh
    union all
    select * from dossier anti join fresh_batch using (batch_no)
    where closed_at >= (select open_from from horizon) and closed_at < (select former_from from horizon)
)
select *
from candidate
where outcome not in ('unknown', 'not_accepted')
    and (closed_at is null or closed_at >= (select open_from from horizon))
order by unit_id, due_at
