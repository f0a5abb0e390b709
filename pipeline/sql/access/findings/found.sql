-- One row per dossier of the period that a named finding speaks of. The planner drops the branches of
-- all findings but the one asked for.
create temp macro found(
    p_finding, p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system
) as table
select system, dossier_code
from apology_course(p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system)
where case
    when p_finding = 'promise_broken' then true
    when p_finding = 'late_now' then is_late_now
    when p_finding = 'late_at_first' then is_late_at_first
    when p_finding = 'moved_without_letter' then is_moved and letter_n = 0
    else lost_at is not distinct from p_finding
end
    and p_finding in (
        'promise_broken', 'late_now', 'late_at_first', 'moved_without_letter',
        'apology_missing', 'apology_without_reason', 'apology_without_new_due', 'apology_late',
        'new_promise_broken', 'apologised_again'
    )
union all
select system, dossier_code
from finding_moved_after_due(
    p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system
)
where p_finding = 'moved_after_due'
union all
select system, dossier_code
from signalled(p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system)
where signal = p_finding and signal_n = 1
    and p_finding in (
        'late_by_click', 'closed_before_done', 'closed_without_number', 'reopened', 'clicked_in_bulk',
        'crowded_before_due', 'stopped_before_due', 'second_supplement', 'supplement_asked_late', 'supplement_open_long',
        'refused_after_due', 'silent', 'not_collected', 'incomplete_slip'
    )
