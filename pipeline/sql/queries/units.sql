-- One row per unit that the viewer sees, in the order of the tree; is_in_force at as_of.
select
    unit.unit_id,
    unit.unit_code,
    unit.unit_name,
    unit.unit_level,
    unit.parent_id,
    unit_label.unit_name as parent_name,
    unit.valid_from,
    unit.valid_to,
    unit.is_registered,
    coalesce(unit.valid_from <= $as_of::date, true) and coalesce(unit.valid_to >= $as_of::date, true)
        as is_in_force
from unit
left join unit_label on unit_label.unit_id = unit.parent_id
order by
    parent_name collate vi nulls first,
    unit.unit_name collate vi,
    unit.unit_id,
    unit.valid_from
