-- One row for the dossier with this code (one per system that knows the code), as it stands at as_of:
-- what happened later has not happened yet. days_over of a dossier done late counts up to its end.
select
    state.* replace (
        case when supplement_requested_at <= $as_of then supplement_requested_at end
            as supplement_requested_at,
        case when supplement_completed_at <= $as_of then supplement_completed_at end
            as supplement_completed_at,
        case when finished_at <= $as_of then finished_at end as finished_at,
        case when result_signed_at <= $as_of then result_signed_at end as result_signed_at,
        case when closed_at <= $as_of then result_no end as result_no,
        case when handed_over_at <= $as_of then handed_over_at end as handed_over_at,
        case when ended_at <= $as_of then ended_at end as ended_at,
        case when closed_at <= $as_of then closed_at end as closed_at
    ),
    coalesce(unit_label.unit_name, state.unit_id) as unit_name,
    coalesce(receiving.unit_name, state.receiving_unit_id) as receiving_unit_name,
    case
        when open_state = 'in_time'
            then due_day.working_no + (not due_day.is_working)::integer - judged_day.working_no
    end as days_left,
    case when open_state = 'overdue' or end_state = 'late' then judged_day.working_no - due_day.working_no
    end as days_over,
    not due_day.is_working as due_on_day_off
from dossier_state(timestamp '0001-01-01', $upper, $as_of) state
left join unit_label on unit_label.unit_id = state.unit_id
left join unit_label receiving on receiving.unit_id = state.receiving_unit_id
left join calendar_day due_day on due_day.day = state.due_at::date
left join calendar_day judged_day
    on judged_day.day = if(
        state.phase = 'open', state.judged_at, coalesce(state.finished_at, state.handed_over_at)
    )::date
where dossier_code = $dossier
    and ($system is null or system = $system)
order by system
