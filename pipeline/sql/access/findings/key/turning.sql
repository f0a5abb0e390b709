-- One row per late dossier of the period with a slip, or that turned late at one step, kept on the viewer's
-- cursor for the list that is asked next.
create or replace temp table found_key as
select system, dossier_code
from turning_step($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
where $finding = 'late_with_slip' or $step is null or step_name = $step
