-- One row per cell, month and kind of event: how many of the cell's dossiers came in, left, or became
-- overdue in that month. Sums of it give every count of a period without touching the dossiers: what is
-- open at a moment is what came in before it less what left before it. Deltas are stocks (in less out),
-- the other columns are flows. A clock that stands still now (waiting) has never run out and counts as
-- waiting since its receipt. A dossier never closes before its receipt (pipeline/sql/core/judged.sql).
create or replace table flow_month as
with known as (
    select
        cell.cell_id,
        dossier.received_at, dossier.closed_at, dossier.outcome, dossier.timing,
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
    from dossier
    join cell
        on cell.system = dossier.system
        and cell.channel = dossier.channel
        and cell.unit_id is not distinct from dossier.unit_id
        and cell.receiving_unit_id is not distinct from dossier.receiving_unit_id
        and cell.field_name is not distinct from dossier.field_name
        and cell.procedure_key is not distinct from
            coalesce(dossier.procedure_code, dossier.procedure_name)
),
came_in as (
    select
        date_trunc('month', received_at) as month,
        cell_id,
        count(*) filter (where outcome <> 'not_accepted') as received_n,
        count(*) filter (where outcome = 'not_accepted') as not_accepted_n,
        count(*) filter (where outcome = 'unknown') as unknown_n,
        count(*) filter (where has_clock) as open_delta,
        count(*) filter (where is_stopped) as waiting_delta,
        count(*) filter (where has_clock and lacks_due and not is_stopped) as no_due_delta,
        count(*) filter (where has_clock and is_moved) as moved_n
    from known
    group by all
),
became_overdue as (
    select date_trunc('month', overdue_at) as month, cell_id, count(*) as overdue_delta
    from known
    where overdue_at is not null and (closed_at is null or overdue_at < closed_at)
    group by all
),
went_out as (
    select
        date_trunc('month', closed_at) as month,
        cell_id,
        -count(*) as open_delta,
        -count(*) filter (where lacks_due) as no_due_delta,
        -count(*) filter (where overdue_at < closed_at) as overdue_delta,
        count(*) filter (where is_moved) as moved_left_n,
        count(*) filter (where outcome = 'resolved' and timing = 'early') as early_n,
        count(*) filter (where outcome = 'resolved' and timing = 'on_time') as on_time_n,
        count(*) filter (where outcome = 'resolved' and timing = 'late') as late_n,
        count(*) filter (
            where outcome = 'resolved' and coalesce(timing, 'no_due') = 'no_due'
        ) as resolved_no_due_n,
        count(*) filter (where outcome = 'refused') as refused_n,
        count(*) filter (where outcome = 'withdrawn') as withdrawn_n,
        count(*) filter (where outcome = 'stopped') as stopped_n,
        count(*) filter (where is_late_against_first_promise) as late_against_first_promise_n
    from known
    where has_clock and closed_at is not null
    group by all
),
together as (
    select * from came_in
    union all by name
    select * from became_overdue
    union all by name
    select * from went_out
)
select
    month::date as month,
    cell_id,
    coalesce(received_n, 0)::integer as received_n,
    coalesce(not_accepted_n, 0)::integer as not_accepted_n,
    coalesce(unknown_n, 0)::integer as unknown_n,
    coalesce(moved_n, 0)::integer as moved_n,
    coalesce(moved_left_n, 0)::integer as moved_left_n,
    coalesce(early_n, 0)::integer as early_n,
    coalesce(on_time_n, 0)::integer as on_time_n,
    coalesce(late_n, 0)::integer as late_n,
    coalesce(resolved_no_due_n, 0)::integer as resolved_no_due_n,
    coalesce(refused_n, 0)::integer as refused_n,
    coalesce(withdrawn_n, 0)::integer as withdrawn_n,
    coalesce(stopped_n, 0)::integer as stopped_n,
    coalesce(late_against_first_promise_n, 0)::integer as late_against_first_promise_n,
    coalesce(open_delta, 0)::integer as open_delta,
    coalesce(waiting_delta, 0)::integer as waiting_delta,
    coalesce(no_due_delta, 0)::integer as no_due_delta,
    coalesce(overdue_delta, 0)::integer as overdue_delta
from together
order by month
