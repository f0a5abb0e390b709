-- One row per landed batch: the same for every viewer, no person and no unit in it. told_at: the moment by
-- which what it says had happened: its latest row or the day its list was made, else when it was landed.
create temp view batch as
select *, least(coalesce(greatest(data_at, listed_on::timestamp), landed_at), landed_at) as told_at
from wh.batch
