-- One row per officer and unit; empty for a viewer who may not see officers.
select
    officer_name,
    officer_label.unit_id,
    coalesce(any_value(unit_label.unit_name), officer_label.unit_id) as unit_name,
    sum(dossier_n)::bigint as dossier_n
from officer_label
left join unit_label on unit_label.unit_id = officer_label.unit_id
where $units is null or list_contains($units::text[], officer_label.unit_id)
group by officer_name, officer_label.unit_id
order by officer_name, officer_label.unit_id
