-- One row per dossier of the period that a finding about broken promises and their letters speaks of,
-- kept on the viewer's cursor for the list that is asked next.
create or replace temp table found_key as
select system, dossier_code
from apology_course($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
where case $finding
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
    else lost_at is not distinct from $finding
end
