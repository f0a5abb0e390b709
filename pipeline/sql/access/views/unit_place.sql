-- One row per unit: its latest level and parent, of every unit. Whether a dossier was taken in outside
-- the area of who resolves it shows in their places; the list of offices is public record.
create temp view unit_place as
select
    unit_id,
    arg_max(unit_level, coalesce(valid_from, date '0001-01-01')) as unit_level,
    arg_max(parent_id, coalesce(valid_from, date '0001-01-01')) as parent_id
from wh.unit
group by unit_id
