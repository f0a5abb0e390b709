-- One row per dossier of the period whose promise was moved when its day was over, kept on the
-- viewer's cursor for the list that is asked next.
create or replace temp table found_key as
select system, dossier_code
from finding_moved_after_due(
    $first, $upper, $as_of, $units, $field, $procedure, $channel, $system
)
