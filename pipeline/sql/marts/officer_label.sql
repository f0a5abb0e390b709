-- One row per officer, unit and receiving unit: who has dossiers where, for lists to choose from.
create or replace table officer_label as
select officer_name, unit_id, receiving_unit_id, count(*)::integer as dossier_n
from dossier
where officer_name is not null
group by officer_name, unit_id, receiving_unit_id
