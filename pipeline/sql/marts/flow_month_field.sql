-- One row per month, unit, receiving unit, field, channel and system: the monthly flows without the
-- procedure, so that a line over years costs its months and not every procedure's.
create or replace table flow_month_field as
with line_sum as (
    select
        month,
        line_id,
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
    from flow_month
    join cell on cell.cell_id = flow_month.cell_id
    group by month, line_id
),
line as (
    select distinct line_id, system, unit_id, receiving_unit_id, field_name, channel
    from cell
)
select line.* exclude (line_id), line_sum.* exclude (line_id)
from line_sum
join line on line.line_id = line_sum.line_id
order by month
