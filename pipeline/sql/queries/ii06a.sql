-- One row per unit and field of the period's dossiers: what the columns of Biểu II.06a are made of.
-- Units and fields that no list knows stand in rows without one, so that the rows add up.
with counted_cell as (
    select
        unit_id,
        field_name,
        sum(received)::bigint as received,
        sum(received_in_period)::bigint as received_in_period,
        sum(received_in_period) filter (
            where channel in ('online_full', 'online_partial', 'online')
        )::bigint as online_in_period,
        sum(carried_over)::bigint as carried_over,
        sum(early)::bigint as early,
        sum(on_time)::bigint as on_time,
        sum(late)::bigint as late,
        sum(resolved_no_due)::bigint as resolved_no_due,
        sum(open)::bigint as open,
        sum(open_overdue)::bigint as open_overdue,
        sum(open_no_due)::bigint as open_no_due,
        sum(open_waiting)::bigint as open_waiting,
        sum(refused)::bigint as refused,
        sum(withdrawn)::bigint as withdrawn,
        sum(stopped)::bigint as stopped,
        sum(status_unknown)::bigint as status_unknown
    from chosen_cell($units, $field, null, null, null)
    group by unit_id, field_name
),
known_unit as (
    select
        unit_id,
        arg_max(unit_level, coalesce(valid_from, date '0001-01-01')) as unit_level
    from unit
    group by unit_id
)
select
    counted_cell.unit_id,
    coalesce(unit_label.unit_name, counted_cell.unit_id) as unit_name,
    known_unit.unit_level,
    counted_cell.field_name,
    columns(counted_cell.* exclude (unit_id, field_name, online_in_period)),
    coalesce(online_in_period, 0) as online_in_period,
    early + on_time + late + resolved_no_due as resolved,
    open - open_overdue - open_no_due - open_waiting as open_in_time
from counted_cell
left join unit_label on unit_label.unit_id = counted_cell.unit_id
left join known_unit on known_unit.unit_id = counted_cell.unit_id
where received > 0
order by unit_name, counted_cell.unit_id, field_name
