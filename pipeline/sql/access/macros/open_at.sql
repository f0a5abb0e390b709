-- One row per dossier open at the end of a period, p_upper, as dossier_state sees it: from the mart of
-- open dossiers where it is complete, else from all dossiers. The planner drops the branch not needed.
-- due_on_day_off: the promise falls on a day off, and its last day is the next working day.
create temp macro open_at(p_upper) as table
with candidate as (
    select * from open_dossier
    where p_upper >= getvariable('open_from')
    union all
    select * from dossier
    where p_upper < getvariable('open_from')
),
open_now as (
    select *, p_upper - interval 1 microsecond as judged_at
    from candidate
    where received_at < p_upper
        and (closed_at is null or closed_at >= p_upper)
        and outcome not in ('unknown', 'not_accepted')
)
select
    open_now.*,
    case
        when is_waiting and outcome = 'open' then 'waiting'
        when due_at is null then 'no_due'
        when on_time_rule = 'instant' and due_at < judged_at then 'overdue'
        when on_time_rule <> 'instant' and due_at::date < judged_at::date then 'overdue'
        else 'in_time'
    end as open_state,
    due_day.working_no + (not due_day.is_working)::integer - today.working_no as days_left,
    today.working_no - due_day.working_no as days_over,
    not due_day.is_working as due_on_day_off,
    date_diff('day', received_at, judged_at) as age_days
from open_now
left join calendar_day due_day on due_day.day = due_at::date
left join calendar_day today on today.day = judged_at::date
