-- One row per finding on an accepted dossier, the newest batch first.
select
    flag.*,
    coalesce(unit_label.unit_name, flag.unit_id) as unit_name,
    count(*) over () as total_n
from flag
left join unit_label on unit_label.unit_id = flag.unit_id
where ($units is null or list_contains($units::text[], flag.unit_id))
    and ($rule is null or rule = $rule)
    and ($batch is null or batch_no = $batch)
order by batch_no desc, rule, system, dossier_code, column_name
limit coalesce($limit::bigint, 9223372036854775807) offset $offset::bigint
