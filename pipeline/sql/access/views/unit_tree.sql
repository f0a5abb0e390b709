-- One row per pair (ancestor, unit), both among the viewer's units.
create temp view unit_tree as
select * from wh.unit_tree
where getvariable('sees_every_unit')
    or (
        list_contains(getvariable('visible_units')::text[], unit_id)
        and list_contains(getvariable('visible_units')::text[], ancestor_id)
    )
