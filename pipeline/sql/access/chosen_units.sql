-- One row per unit below the one that a filter names (by id, else by code, else by name), among the
-- units that the viewer sees; nothing when he sees none of that name. Names repeat: root_n counts.
with named as (
    select
        unit_id,
        case when unit_id = $unit then 1 when unit_code = $unit then 2 else 3 end as nearness
    from unit
    where unit_id = $unit or unit_code = $unit or folded(unit_name) = folded($unit)
),
root as (
    select distinct unit_id
    from named
    where nearness = (select min(nearness) from named)
),
below as (
    select unit_id from root
    union
    select unit_tree.unit_id
    from unit_tree
    join root on root.unit_id = unit_tree.ancestor_id
)
select unit_id, (select count(*) from root) as root_n
from below
order by unit_id
