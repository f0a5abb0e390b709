-- One row per pair (ancestor, unit) of the snapshot, each unit its own ancestor.
select ancestor_id, unit_id
from wh.unit_tree
order by ancestor_id, unit_id
