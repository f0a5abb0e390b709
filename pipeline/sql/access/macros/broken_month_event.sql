-- One row per dossier and event (came in, became overdue, left) in the months that the edges of
-- [p_first, p_upper) break: of such a month the monthly flows know only the whole, so it is counted
-- from the dossiers. Columns and definitions are those of the mart flow_month.
-- Who has an event there was closed after its beginning, or is open still, or has no clock at all;
-- dates alone find them, and a table in order of receipt is read only at its end.
create temp macro broken_month_event(p_first, p_upper) as table
with near as (
    select * from dossier
    where closed_at >= first_broken_day(p_first, p_upper)
        and received_at < p_upper
        and outcome not in ('unknown', 'not_accepted')
    union all
    select * from open_dossier
    where closed_at is null
        and received_at < p_upper
    union all
    select * from dossier
    where outcome in ('unknown', 'not_accepted')
        and received_at >= first_broken_day(p_first, p_upper)
        and received_at < p_upper
),
clocked as (
    select
        *,
        outcome not in ('unknown', 'not_accepted') as has_clock,
        is_waiting and outcome = 'open' as is_stopped,
        case
            when due_at is null or outcome in ('unknown', 'not_accepted') then null
            when is_waiting and outcome = 'open' then null
            when on_time_rule = 'instant' then greatest(received_at, due_at + interval 1 microsecond)
            else greatest(received_at, date_trunc('day', due_at) + interval 1 day)
        end as overdue_at
    from near
),
event as (
    select
        *,
        unnest(['in', 'overdue', 'out']) as kind,
        unnest([received_at, overdue_at, closed_at]) as happened_at
    from clocked
),
counted_event as (
    select *
    from event
    where in_broken_month(happened_at, p_first, p_upper)
        and case kind
            when 'overdue' then closed_at is null or overdue_at < closed_at
            when 'out' then has_clock
            else true
        end
)
select
    date_trunc('month', happened_at)::date as month,
    happened_at < p_first as is_before,
    system, unit_id, receiving_unit_id, field_name,
    coalesce(procedure_code, procedure_name) as procedure_key,
    channel,
    (kind = 'in' and outcome <> 'not_accepted')::integer as received_n,
    (kind = 'in' and outcome = 'not_accepted')::integer as not_accepted_n,
    (kind = 'in' and outcome = 'unknown')::integer as unknown_n,
    (kind = 'in' and has_clock and due_moves > 0)::integer as moved_n,
    (kind = 'out' and due_moves > 0)::integer as moved_left_n,
    (kind = 'out' and outcome = 'resolved' and coalesce(timing = 'early', false))::integer as early_n,
    (kind = 'out' and outcome = 'resolved' and coalesce(timing = 'on_time', false))::integer
        as on_time_n,
    (kind = 'out' and outcome = 'resolved' and coalesce(timing = 'late', false))::integer as late_n,
    (kind = 'out' and outcome = 'resolved' and coalesce(timing, 'no_due') = 'no_due')::integer
        as resolved_no_due_n,
    (kind = 'out' and outcome = 'refused')::integer as refused_n,
    (kind = 'out' and outcome = 'withdrawn')::integer as withdrawn_n,
    (kind = 'out' and outcome = 'stopped')::integer as stopped_n,
    (
        kind = 'out' and outcome = 'resolved' and coalesce(
            case
                when on_time_rule = 'instant'
                    then coalesce(finished_at, handed_over_at) > coalesce(first_due_at, due_at)
                else coalesce(finished_at, handed_over_at)::date > coalesce(first_due_at, due_at)::date
            end,
            false
        )
    )::integer as late_against_first_promise_n,
    case when not has_clock then 0 when kind = 'in' then 1 when kind = 'out' then -1 else 0 end
        as open_delta,
    (kind = 'in' and is_stopped)::integer as waiting_delta,
    case
        when not has_clock or due_at is not null or is_stopped then 0
        when kind = 'in' then 1
        when kind = 'out' then -1
        else 0
    end as no_due_delta,
    case
        when kind = 'overdue' then 1
        when kind = 'out' and overdue_at < closed_at then -1
        else 0
    end as overdue_delta
from counted_event
