-- One row per month of the period: what came in and went out in it, what was open at its end, and the
-- four on-time rates of it, each as if the month were the period (with_rates says what they are).
-- A month that the period or as_of cuts short is not complete. Without a period it begins with the
-- first month of which there is anything.
with flow as (
    select * from chosen_month($first, $upper, $units, $field, $procedure, $channel, $system)
),
month_sum as (
    select
        month,
        sum(received_n) filter (where not is_before) as received_in_period,
        sum(received_n) filter (
            where not is_before and channel in ('online_full', 'online_partial', 'online')
        ) as online_in_period,
        sum(not_accepted_n) filter (where not is_before) as not_accepted,
        sum(early_n) filter (where not is_before) as early,
        sum(on_time_n) filter (where not is_before) as on_time,
        sum(late_n) filter (where not is_before) as late,
        sum(resolved_no_due_n) filter (where not is_before) as resolved_no_due,
        sum(refused_n + withdrawn_n + stopped_n) filter (where not is_before) as ended_otherwise,
        sum(open_delta) filter (where is_before) as carried_delta,
        sum(open_delta) as open_delta,
        sum(overdue_delta) as overdue_delta,
        sum(no_due_delta) as no_due_delta,
        sum(waiting_delta) as waiting_delta
    from flow
    group by month
),
span as (
    select
        greatest(date_trunc('month', $first::timestamp), (select min(month) from flow))::date as opening,
        date_trunc('month', $upper::timestamp - interval 1 microsecond)::date as closing
),
calendar_month as (
    select unnest(generate_series(opening, closing, interval 1 month))::date as month
    from span
),
stock as (
    select
        calendar_month.month,
        sum(
            case
                when month_sum.month < calendar_month.month then month_sum.open_delta
                else month_sum.carried_delta
            end
        ) as carried_over,
        sum(month_sum.open_delta) as open,
        sum(month_sum.overdue_delta) as open_overdue,
        sum(month_sum.no_due_delta) as open_no_due,
        sum(month_sum.waiting_delta) as open_waiting
    from calendar_month
    left join month_sum on month_sum.month <= calendar_month.month
    group by calendar_month.month
),
numbers as (
    select
        stock.month,
        coalesce(received_in_period, 0)::bigint as received_in_period,
        coalesce(carried_over, 0)::bigint as carried_over,
        coalesce(online_in_period, 0)::bigint as online_in_period,
        coalesce(not_accepted, 0)::bigint as not_accepted,
        coalesce(early, 0)::bigint as early,
        coalesce(on_time, 0)::bigint as on_time,
        coalesce(late, 0)::bigint as late,
        coalesce(resolved_no_due, 0)::bigint as resolved_no_due,
        coalesce(ended_otherwise, 0)::bigint as ended_otherwise,
        coalesce(open, 0)::bigint as open,
        coalesce(open_overdue, 0)::bigint as open_overdue,
        coalesce(open_no_due, 0)::bigint as open_no_due,
        coalesce(open_waiting, 0)::bigint as open_waiting
    from stock
    left join month_sum on month_sum.month = stock.month
),
counts as (
    select
        *,
        carried_over + received_in_period as received,
        early + on_time + late + resolved_no_due as resolved,
        open - open_overdue - open_no_due - open_waiting as open_in_time
    from numbers
)
select
    *,
    month >= $first and month + interval 1 month <= $upper
        and month + interval 1 month <= $as_of + interval 1 microsecond as is_complete
from with_rates('counts')
order by month
