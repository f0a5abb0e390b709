-- One row per combination of the dossiers' dimensions that the viewer's units resolve or take in.
create temp view cell as
select * exclude (dossier_n)
from wh.cell
where getvariable('sees_every_unit')
    or list_contains(getvariable('visible_units')::text[], unit_id)
    or list_contains(getvariable('visible_units')::text[], receiving_unit_id)
