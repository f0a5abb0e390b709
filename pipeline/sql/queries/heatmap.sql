-- One row per field and unit with dossiers in the period: how much was handled, how much of it late.
-- A pair without dossiers has no row: an empty cell is not a zero.
select
    cell.field_name,
    cell.unit_id,
    coalesce(any_value(unit_label.unit_name), cell.unit_id) as unit_name,
    sum(cell.received)::bigint as received,
    sum(cell.late)::bigint as late,
    sum(cell.open_overdue)::bigint as open_overdue,
    sum(cell.late_or_overdue)::bigint as late_or_overdue,
    sum(cell.late_or_overdue) / sum(cell.received) as late_share,
    sum(cell.received) < $small_sample_n as is_small_sample
from lateness($units, $field, $procedure, $channel, $system) cell
left join unit_label on unit_label.unit_id = cell.unit_id
group by cell.field_name, cell.unit_id
having sum(cell.received) > 0
order by field_name, unit_name, cell.unit_id
