-- One row per way in which dossiers name a procedure and its field, with the number of dossiers.
create or replace table procedure_as_written as
with counted as (
    select procedure_code, procedure_name, field_name, sum(sign) as dossier_n
    from changed
    group by all
    union all
    select * from procedure_as_written
)
select procedure_code, procedure_name, field_name, sum(dossier_n)::integer as dossier_n
from counted
group by procedure_code, procedure_name, field_name
having sum(dossier_n) > 0
