-- One row per officer, unit and receiving unit of the viewer's units; only with the right.
create temp view officer_label as
select *
from wh.officer_label
where getvariable('sees_officers')
    and (
        getvariable('sees_every_unit')
        or list_contains(getvariable('visible_units')::text[], unit_id)
        or list_contains(getvariable('visible_units')::text[], receiving_unit_id)
    )
