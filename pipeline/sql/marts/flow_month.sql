-- One row per cell and month: how many of the cell's dossiers came in, left, or became overdue in that
-- month. Sums of it give every count of a period without touching the dossiers: what is open at a moment is
-- what came in before it less what left before it. Deltas are stocks (in less out), the other columns are
-- flows. A clock that stands still now (waiting) has never run out and counts as waiting since its receipt. A
-- dossier never closes before its receipt (pipeline/sql/core/judged.sql). Whatever a dossier adds depends on
-- its own row alone: what is told anew takes its old part away and adds the new one.
create or replace table flow_month as
with dated as (
    select
        system, unit_id, receiving_unit_id, field_name,
        coalesce(procedure_code, procedure_name) as procedure_key,
        channel,
        sign,
        received_at, closed_at, outcome, timing,
        outcome not in ('unknown', 'not_accepted') as has_clock,
        is_waiting and outcome = 'open' as is_stopped,
        due_at is null as lacks_due,
        due_moves > 0 as is_moved,
        case
            when due_at is null or outcome in ('unknown', 'not_accepted') then null
            when is_waiting and outcome = 'open' then null
            when on_time_rule = 'instant' then greatest(received_at, due_at + interval 1 microsecond)
            else greatest(received_at, date_trunc('day', due_at) + interval 1 day)
        end as overdue_at,
        coalesce(
            outcome = 'resolved' and case
                when on_time_rule = 'instant'
                    then coalesce(finished_at, handed_over_at) > coalesce(first_due_at, due_at)
                else coalesce(finished_at, handed_over_at)::date > coalesce(first_due_at, due_at)::date
            end,
            false
        ) as is_late_against_first_promise
    from changed
),
-- dossiers alike in everything that is counted, in one row: what follows then looks at some percent of them
alike as (
    select
        system, unit_id, receiving_unit_id, field_name, procedure_key, channel,
        date_trunc('month', received_at)::date as received_month,
        date_trunc('month', closed_at)::date as closed_month,
        case
            when closed_at is null or overdue_at < closed_at then date_trunc('month', overdue_at)::date
        end as overdue_month,
        outcome, timing, has_clock, is_stopped, lacks_due, is_moved, is_late_against_first_promise,
        sum(sign) as n
    from dated
    group by all
),
known as (
    select cell.cell_id, alike.*
    from alike
    join cell
        on cell.system = alike.system
        and cell.channel = alike.channel
        and cell.unit_id is not distinct from alike.unit_id
        and cell.receiving_unit_id is not distinct from alike.receiving_unit_id
        and cell.field_name is not distinct from alike.field_name
        and cell.procedure_key is not distinct from alike.procedure_key
),
came_in as (
    select
        received_month as month,
        cell_id,
        sum(n) filter (where outcome <> 'not_accepted') as received_n,
        sum(n) filter (where outcome = 'not_accepted') as not_accepted_n,
        sum(n) filter (where outcome = 'unknown') as unknown_n,
        sum(n) filter (where has_clock) as open_delta,
        sum(n) filter (where is_stopped) as waiting_delta,
        sum(n) filter (where has_clock and lacks_due and not is_stopped) as no_due_delta,
        sum(n) filter (where has_clock and is_moved) as moved_n
    from known
    group by all
),
became_overdue as (
    select overdue_month as month, cell_id, sum(n) as overdue_delta
    from known
    where overdue_month is not null
    group by all
),
went_out as (
    select
        closed_month as month,
        cell_id,
        -sum(n) as open_delta,
        -sum(n) filter (where lacks_due) as no_due_delta,
        -sum(n) filter (where overdue_month is not null) as overdue_delta,
        sum(n) filter (where is_moved) as moved_left_n,
        sum(n) filter (where outcome = 'resolved' and timing = 'early') as early_n,
        sum(n) filter (where outcome = 'resolved' and timing = 'on_time') as on_time_n,
        sum(n) filter (where outcome = 'resolved' and timing = 'late') as late_n,
        sum(n) filter (
            where outcome = 'resolved' and coalesce(timing, 'no_due') = 'no_due'
        ) as resolved_no_due_n,
        sum(n) filter (where outcome = 'refused') as refused_n,
        sum(n) filter (where outcome = 'withdrawn') as withdrawn_n,
        sum(n) filter (where outcome = 'stopped') as stopped_n,
        sum(n) filter (where is_late_against_first_promise) as late_against_first_promise_n
    from known
    where has_clock and closed_month is not null
    group by all
),
together as (
    select * from came_in
    union all by name
    select * from became_overdue
    union all by name
    select * from went_out
    union all by name
    select flow_month.* from flow_month semi join cell using (cell_id) -- a cell that lost its last dossier is gone
)
select
    month,
    cell_id,
    coalesce(sum(columns('^(.*_(n|delta))$')), 0)::integer as '\1' -- every flow and every stock
from together
group by month, cell_id
-- every event is counted in one of these columns, so that no event is left where all of them are 0
having sum(received_n) > 0
    or sum(not_accepted_n) > 0
    or sum(overdue_delta) <> 0
    or sum(early_n) > 0
    or sum(on_time_n) > 0
    or sum(late_n) > 0
    or sum(resolved_no_due_n) > 0
    or sum(refused_n) > 0
    or sum(withdrawn_n) > 0
    or sum(stopped_n) > 0
order by month, cell_id
