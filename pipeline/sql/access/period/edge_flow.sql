-- One row per cell and side of the period's first moment, in the months that the edges of the period
-- break; made once per viewer's cursor and period, because all queries of a screen share a period.
create or replace temp table edge_flow as
with event_sum as (
    select
        month, is_before, system, unit_id, receiving_unit_id, field_name, procedure_key, channel,
        sum(received_n)::integer as received_n,
        sum(not_accepted_n)::integer as not_accepted_n,
        sum(unknown_n)::integer as unknown_n,
        sum(moved_n)::integer as moved_n,
        sum(moved_left_n)::integer as moved_left_n,
        sum(early_n)::integer as early_n,
        sum(on_time_n)::integer as on_time_n,
        sum(late_n)::integer as late_n,
        sum(resolved_no_due_n)::integer as resolved_no_due_n,
        sum(refused_n)::integer as refused_n,
        sum(withdrawn_n)::integer as withdrawn_n,
        sum(stopped_n)::integer as stopped_n,
        sum(late_against_first_promise_n)::integer as late_against_first_promise_n,
        sum(open_delta)::integer as open_delta,
        sum(waiting_delta)::integer as waiting_delta,
        sum(no_due_delta)::integer as no_due_delta,
        sum(overdue_delta)::integer as overdue_delta
    from broken_month_event($first::timestamp, $upper::timestamp)
    group by all
)
select
    cell.cell_id,
    event_sum.* exclude (system, unit_id, receiving_unit_id, field_name, procedure_key, channel)
from event_sum
join cell
    on cell.system = event_sum.system
    and cell.channel = event_sum.channel
    and cell.unit_id is not distinct from event_sum.unit_id
    and cell.receiving_unit_id is not distinct from event_sum.receiving_unit_id
    and cell.field_name is not distinct from event_sum.field_name
    and cell.procedure_key is not distinct from event_sum.procedure_key
