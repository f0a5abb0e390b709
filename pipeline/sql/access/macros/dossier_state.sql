-- One row per dossier inside the period [p_first, p_upper), as it stood at the period's end.
-- Inside: received in the period (is_new), or received before and not closed before it (is_carried).
-- A status no vocabulary knows, and a dossier not accepted, count only where they were received.
-- What happened after p_as_of has not happened yet. Open dossiers are judged at the last microsecond
-- of the period: waiting before no promise before overdue, because a stopped clock cannot run out.
create temp macro dossier_state(p_first, p_upper, p_as_of) as table
with inside as (
    select
        dossier.*,
        received_at >= p_first::timestamp as is_new,
        received_at < p_first::timestamp as is_carried,
        case
            when outcome = 'unknown' then 'status_unknown'
            when outcome = 'not_accepted' then 'not_accepted'
            when closed_at < least(p_upper::timestamp, p_as_of::timestamp + interval 1 microsecond)
                then outcome
            else 'open'
        end as phase,
        least(p_upper::timestamp - interval 1 microsecond, p_as_of::timestamp) as judged_at
    from dossier
    where received_at < least(p_upper::timestamp, p_as_of::timestamp + interval 1 microsecond)
        and (
            received_at >= p_first::timestamp
            or (
                outcome not in ('unknown', 'not_accepted')
                and (closed_at is null or closed_at >= p_first::timestamp)
            )
        )
)
select
    *,
    case
        when phase <> 'open' then null
        when is_waiting and outcome = 'open' then 'waiting'
        when due_at is null then 'no_due'
        when on_time_rule = 'instant' and due_at < judged_at then 'overdue'
        when on_time_rule <> 'instant' and due_at::date < judged_at::date then 'overdue'
        else 'in_time'
    end as open_state,
    case when phase = 'resolved' then coalesce(timing, 'no_due') end as end_state,
    phase = 'resolved' and coalesce(
        case
            when on_time_rule = 'instant'
                then coalesce(finished_at, handed_over_at) > coalesce(first_due_at, due_at)
            else coalesce(finished_at, handed_over_at)::date > coalesce(first_due_at, due_at)::date
        end,
        false
    ) as is_late_against_first_promise
from inside
