-- One row per unit that an identity's word names: by id, else by code, else by name.
with named as (
    select
        unit_id,
        case when unit_id = $unit then 1 when unit_code = $unit then 2 else 3 end as nearness
    from wh.unit
    where unit_id = $unit or unit_code = $unit or folded(unit_name) = folded($unit)
)
select distinct unit_id
from named
where nearness = (select min(nearness) from named)
order by unit_id
