-- One row per officer, unit and receiving unit: who has dossiers where, for lists to choose from.
create or replace table officer_label as
with counted as (
    select officer_name, unit_id, receiving_unit_id, sum(sign) as dossier_n
    from changed
    where officer_name is not null
    group by all
    union all
    select * from officer_label
)
select officer_name, unit_id, receiving_unit_id, sum(dossier_n)::integer as dossier_n
from counted
group by officer_name, unit_id, receiving_unit_id
having sum(dossier_n) > 0
