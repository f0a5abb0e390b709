-- One row per rule that found something on accepted dossiers: findings, and dossiers they are on.
select
    rule,
    column_name,
    count(*) as flag_n,
    count(distinct (system, dossier_code)) as dossier_n
from flag
where ($units is null or list_contains($units::text[], unit_id))
    and ($batch is null or batch_no = $batch)
group by rule, column_name
order by flag_n desc, rule, column_name
