-- One row per column of a visible dossier that a later batch changed; persons masked without the right.
-- Two branches of which the planner keeps one: a viewer of every unit needs no join.
create temp view dossier_change as
with visible as (
    select * from wh.dossier_change
    where getvariable('sees_every_unit')
    union all
    select change.* from wh.dossier_change change
    semi join dossier using (system, dossier_code)
    where not getvariable('sees_every_unit')
)
select * replace (
    case
        when column_name = 'applicant_name' and not getvariable('sees_personal') then masked_name(old_value)
        when column_name = 'applicant_phone' and not getvariable('sees_personal') then masked_phone(old_value)
        when column_name = 'officer_name' and not getvariable('sees_officers') then null
        else old_value
    end as old_value,
    case
        when column_name = 'applicant_name' and not getvariable('sees_personal') then masked_name(new_value)
        when column_name = 'applicant_phone' and not getvariable('sees_personal') then masked_phone(new_value)
        when column_name = 'officer_name' and not getvariable('sees_officers') then null
        else new_value
    end as new_value
)
from visible
