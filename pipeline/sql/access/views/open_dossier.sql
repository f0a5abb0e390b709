-- One row per dossier open at or after the horizon that the viewer's units resolve or take in;
-- persons masked without the right, as in the view of all dossiers.
create temp view open_dossier as
select * replace (
    case when getvariable('sees_personal') then applicant_name else masked_name(applicant_name) end
        as applicant_name,
    case when getvariable('sees_personal') then applicant_phone else masked_phone(applicant_phone) end
        as applicant_phone,
    case when getvariable('sees_officers') then officer_name end as officer_name
)
from wh.open_dossier
where getvariable('sees_every_unit')
    or list_contains(getvariable('visible_units')::text[], unit_id)
    or list_contains(getvariable('visible_units')::text[], receiving_unit_id)
