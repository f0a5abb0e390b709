-- One row per dossier of the period that is late for a kind of reason, kept on the viewer's cursor for
-- the list that is asked next.
create or replace temp table found_key as
select system, dossier_code
from late_reason($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
where 'reason_' || reason_code = $finding
