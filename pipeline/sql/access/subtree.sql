-- One row per unit below the given ones, themselves included.
select distinct unit_id
from wh.unit_tree
where list_contains($units::text[], ancestor_id)
order by unit_id
