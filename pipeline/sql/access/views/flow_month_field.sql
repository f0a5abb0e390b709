-- One row per month, field and channel of dossiers that the viewer's units resolve or take in.
create temp view flow_month_field as
select *
from wh.flow_month_field
where getvariable('sees_every_unit')
    or list_contains(getvariable('visible_units')::text[], unit_id)
    or list_contains(getvariable('visible_units')::text[], receiving_unit_id)
