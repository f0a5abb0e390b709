-- One row per step of a visible dossier; a step outside the viewer's units is seen with its dossier.
create temp view dossier_step as
with visible as (
    select * from wh.dossier_step
    where getvariable('sees_every_unit')
    union all
    select step.* from wh.dossier_step step
    semi join dossier using (system, dossier_code)
    where not getvariable('sees_every_unit')
)
select * replace (case when getvariable('sees_officers') then officer_name end as officer_name)
from visible
