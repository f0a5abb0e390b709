-- One row per unit and validity, of the viewer's units and their children.
create temp view unit as
select * from wh.unit
where getvariable('sees_every_unit')
    or list_contains(getvariable('visible_units')::text[], unit_id)
