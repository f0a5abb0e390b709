-- One row per unit and kind of reason of the dossiers late or overdue in the period, as the macro
-- late_reason tells kinds apart.
select
    late.unit_id,
    coalesce(any_value(unit_label.unit_name), late.unit_id) as unit_name,
    reason_code,
    count(*) as late_n
from late_reason($first, $upper, $as_of, $units, $field, $procedure, $channel, $system) as late
left join unit_label on unit_label.unit_id = late.unit_id
group by late.unit_id, reason_code
order by late_n desc, late.unit_id, reason_code
