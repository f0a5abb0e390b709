-- One row per cell with anything in the period: every count of it, made once per viewer's cursor and
-- period. Whole years come from flow_year, whole months of the years that the period breaks from
-- flow_month, and broken months from edge_flow. What lies before the period matters as a stock only.
create or replace temp table period_cell as
with flow as (
    select * exclude (year), year < $first::timestamp as is_before
    from flow_year
    where year < date_trunc('year', $upper::timestamp)
        and (
            year <> date_trunc('year', $first::timestamp)
            or $first::timestamp = date_trunc('year', $first::timestamp)
        )
    union all by name
    select * exclude (month), month < $first::timestamp as is_before
    from flow_month
    where month < date_trunc('month', $upper::timestamp)
        and (
            month >= date_trunc('year', $upper::timestamp)
            or (
                $first::timestamp <> date_trunc('year', $first::timestamp)
                and month >= date_trunc('year', $first::timestamp)
                and month < date_trunc('year', $first::timestamp) + interval 1 year
            )
        )
        and (
            month <> date_trunc('month', $first::timestamp)
            or $first::timestamp = date_trunc('month', $first::timestamp)
        )
    union all by name
    select * exclude (month) from edge_flow
),
cell_sum as (
    select
        cell_id,
        sum(case when is_before then open_delta else received_n end)::integer as received,
        sum(case when is_before then 0 else received_n end)::integer as received_in_period,
        sum(case when is_before then open_delta else 0 end)::integer as carried_over,
        sum(case when is_before then 0 else not_accepted_n end)::integer as not_accepted,
        sum(case when is_before then 0 else unknown_n end)::integer as status_unknown,
        sum(case when is_before then 0 else early_n end)::integer as early,
        sum(case when is_before then 0 else on_time_n end)::integer as on_time,
        sum(case when is_before then 0 else late_n end)::integer as late,
        sum(case when is_before then 0 else resolved_no_due_n end)::integer as resolved_no_due,
        sum(case when is_before then 0 else refused_n end)::integer as refused,
        sum(case when is_before then 0 else withdrawn_n end)::integer as withdrawn,
        sum(case when is_before then 0 else stopped_n end)::integer as stopped,
        sum(case when is_before then 0 else late_against_first_promise_n end)::integer
            as late_against_first_promise,
        sum(case when is_before then moved_n - moved_left_n else moved_n end)::integer
            as promise_moved,
        sum(open_delta)::integer as open,
        sum(overdue_delta)::integer as open_overdue,
        sum(no_due_delta)::integer as open_no_due,
        sum(waiting_delta)::integer as open_waiting
    from flow
    group by cell_id
)
select cell.* exclude (line_id), cell_sum.* exclude (cell_id)
from cell_sum
join cell on cell.cell_id = cell_sum.cell_id
where received > 0 or not_accepted > 0
