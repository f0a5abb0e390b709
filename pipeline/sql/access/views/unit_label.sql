-- One row per unit: its id and its latest name, of every unit. A dossier that the viewer's counter
-- takes in may be resolved elsewhere, and the name of an office is public; nothing else is here.
create temp view unit_label as
select unit_id, arg_max(unit_name, coalesce(valid_from, date '0001-01-01')) as unit_name
from wh.unit
group by unit_id
