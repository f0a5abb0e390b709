-- One row per dossier of the period that a named finding speaks of. The planner drops the branches of
-- all findings but the one asked for.
create temp macro found(
    p_finding, p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system
) as table
select system, dossier_code
from apology_course(p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system)
where case p_finding
    when 'promise_broken' then true
    when 'late_now' then is_late_now
    when 'late_with_letter' then is_late_now and letter_n > 0
    when 'late_at_first' then is_late_at_first
    when 'moved_without_letter' then is_moved and letter_n = 0
    when 'letter_written' then lost_at is distinct from 'apology_missing'
    when 'letter_with_reason'
        then coalesce(lost_at not in ('apology_missing', 'apology_without_reason'), true)
    when 'letter_with_new_due'
        then coalesce(lost_at in ('apology_late', 'new_promise_broken', 'apologised_again'), true)
    when 'letter_in_time' then coalesce(lost_at in ('new_promise_broken', 'apologised_again'), true)
    when 'new_promise_kept' then coalesce(lost_at = 'apologised_again', true)
    when 'apologised_once' then lost_at is null
    else lost_at is not distinct from p_finding
end
    and p_finding in (
        'promise_broken', 'late_now', 'late_with_letter', 'late_at_first', 'moved_without_letter',
        'letter_written', 'letter_with_reason', 'letter_with_new_due', 'letter_in_time',
        'new_promise_kept', 'apologised_once',
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
from signal_state(p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system)
where p_finding = 'signed_and_clicked' and click_lag_days is not null
union all
-- the dossiers with a pattern, and those that were looked at for it
select system, dossier_code
from signalled(p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system)
where (signal = p_finding and signal_n = 1 or 'looked_at_' || signal = p_finding)
    and replace(p_finding, 'looked_at_', '') in (
        'late_by_click', 'closed_before_done', 'closed_without_number', 'reopened', 'clicked_in_bulk',
        'crowded_before_due', 'stopped_before_due', 'second_supplement', 'supplement_asked_late',
        'supplement_open_long', 'refused_after_due', 'silent', 'not_collected', 'incomplete_slip'
    )
union all
select system, dossier_code
from late_reason(p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system)
where starts_with(p_finding, 'reason_') and 'reason_' || reason_code = p_finding
