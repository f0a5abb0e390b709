-- One row per unit of the snapshot: its latest name and code, for the question who sees it.
select
    unit_id,
    arg_max(unit_code, coalesce(valid_from, date '0001-01-01')) as unit_code,
    arg_max(unit_name, coalesce(valid_from, date '0001-01-01')) as unit_name
from wh.unit
group by unit_id
order by unit_name, unit_id
