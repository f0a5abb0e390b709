-- One row for the dossier with this code (one per system that knows the code), as it stands at as_of.
select
    state.*,
    coalesce(unit_label.unit_name, state.unit_id) as unit_name,
    coalesce(receiving.unit_name, state.receiving_unit_id) as receiving_unit_name,
    case
        when open_state = 'in_time'
            then due_day.working_no + (not due_day.is_working)::integer - today.working_no
    end as days_left,
    case when open_state = 'overdue' then today.working_no - due_day.working_no end as days_over,
    not due_day.is_working as due_on_day_off
from dossier_state(timestamp '0001-01-01', $upper, $as_of) state
left join unit_label on unit_label.unit_id = state.unit_id
left join unit_label receiving on receiving.unit_id = state.receiving_unit_id
left join calendar_day due_day on due_day.day = state.due_at::date
left join calendar_day today on today.day = state.judged_at::date
where dossier_code = $dossier
    and ($system is null or system = $system)
order by system
