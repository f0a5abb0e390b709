-- One row per finding on an accepted dossier of the viewer's units.
create temp view flag as
select * from wh.flag
where getvariable('sees_every_unit')
    or list_contains(getvariable('visible_units')::text[], unit_id)
