-- One row of the monthly flows, of dossiers that the viewer's units resolve or take in.
create temp view flow_month as
select *
from wh.flow_month
where getvariable('sees_every_unit')
    or list_contains(getvariable('visible_units')::text[], unit_id)
    or list_contains(getvariable('visible_units')::text[], receiving_unit_id)
