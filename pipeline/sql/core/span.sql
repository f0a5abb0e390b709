-- One row: the first and last moment that dossiers name, placeholders of other centuries left aside.
select
    min(received_at) filter (year(received_at) between 1990 and 2100),
    max(greatest(received_at, coalesce(due_at, received_at), coalesce(finished_at, received_at)))
        filter (year(greatest(received_at, coalesce(due_at, received_at), coalesce(finished_at, received_at))) between 1990 and 2100)
from dossier;
