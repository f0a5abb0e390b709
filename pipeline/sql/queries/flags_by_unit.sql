-- One row per unit and rule with findings on accepted dossiers.
select
    flag.unit_id,
    coalesce(any_value(unit_label.unit_name), flag.unit_id) as unit_name,
    rule,
    count(*) as flag_n,
    count(distinct (system, dossier_code)) as dossier_n
from flag
left join unit_label on unit_label.unit_id = flag.unit_id
where ($units is null or list_contains($units::text[], flag.unit_id))
    and ($rule is null or rule = $rule)
    and ($batch is null or flag.batch_no = $batch)
group by flag.unit_id, rule
order by flag_n desc, flag.unit_id, rule
