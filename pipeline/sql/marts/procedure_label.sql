-- One row per procedure that dossiers speak of: key = its code, or its name where there is no code.
-- The reference list's name and field win over the ones written on dossiers.
create or replace table procedure_label as
with spoken as (
    select
        coalesce(procedure_code, procedure_name) as procedure_key,
        max(procedure_code) as procedure_code,
        max(procedure_name) as procedure_name,
        max(field_name) as field_name
    from procedure_as_written
    where coalesce(procedure_code, procedure_name) is not null
    group by procedure_key
),
listed as (
    select
        procedure_code,
        max(procedure_name) as procedure_name,
        max(field_name) as field_name,
        max(online_level) as online_level
    from procedure
    group by procedure_code
)
select
    procedure_key,
    spoken.procedure_code,
    coalesce(listed.procedure_name, spoken.procedure_name) as procedure_name,
    coalesce(listed.field_name, spoken.field_name) as field_name,
    listed.online_level,
from spoken
left join listed on listed.procedure_code = spoken.procedure_key
