-- One row per dossier that is open at the horizon or was closed after it: what queues, due-soon and
-- overdue lists are made of, some percent of all dossiers.
create or replace table open_dossier as
select *
from dossier
where outcome not in ('unknown', 'not_accepted')
    and (closed_at is null or closed_at >= (select open_from from horizon))
order by unit_id, due_at
