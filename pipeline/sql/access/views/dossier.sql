-- One row per dossier that the viewer's units resolve or take in; persons masked without the right.
-- Session variables are constants to the planner: a viewer of every unit pays for no filter.
create temp view dossier as
select * replace (
    case when getvariable('sees_personal') then applicant_name else masked_name(applicant_name) end
        as applicant_name,
    case when getvariable('sees_personal') then applicant_phone else masked_phone(applicant_phone) end
        as applicant_phone,
    case when getvariable('sees_officers') then officer_name end as officer_name
)
from wh.dossier
where getvariable('sees_every_unit')
    or list_contains(getvariable('visible_units')::text[], unit_id)
    or list_contains(getvariable('visible_units')::text[], receiving_unit_id)
