-- One row per citizen's reflection or petition addressed to the viewer's units.
create temp view feedback as
select * from wh.feedback
where getvariable('sees_every_unit')
    or list_contains(getvariable('visible_units')::text[], unit_id)
