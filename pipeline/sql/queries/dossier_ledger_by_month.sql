-- One row per month of the period: opening (what the month before left open), received, every way out
-- and what is open at the end. gap = left - right, as in dossier_ledger.
with flow as (
    select * from chosen_month($first, $upper, $units, $field, $procedure, $channel, $system)
),
month_sum as (
    select
        month,
        sum(received_n) filter (where not is_before) as received_n,
        sum(early_n + on_time_n + late_n + resolved_no_due_n) filter (where not is_before) as resolved_n,
        sum(refused_n) filter (where not is_before) as refused_n,
        sum(withdrawn_n) filter (where not is_before) as withdrawn_n,
        sum(stopped_n) filter (where not is_before) as stopped_n,
        sum(open_delta) as open_delta,
        sum(open_delta) filter (where is_before) as open_before
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
        sum(month_sum.open_delta) as closing,
        sum(
            case
                when month_sum.month < calendar_month.month then month_sum.open_delta
                else month_sum.open_before
            end
        ) as opening
    from calendar_month
    left join month_sum on month_sum.month <= calendar_month.month
    group by calendar_month.month
),
counted_month as (
    select
        stock.month,
        coalesce(stock.opening, 0)::bigint as opening,
        coalesce(received_n, 0)::bigint as received_in_period,
        coalesce(resolved_n, 0)::bigint as resolved,
        coalesce(refused_n, 0)::bigint as refused,
        coalesce(withdrawn_n, 0)::bigint as withdrawn,
        coalesce(stopped_n, 0)::bigint as stopped,
        coalesce(stock.closing, 0)::bigint as closing
    from stock
    left join month_sum on month_sum.month = stock.month
)
select
    *,
    opening + received_in_period - resolved - refused - withdrawn - stopped - closing as gap
from counted_month
order by month
