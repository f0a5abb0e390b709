-- One row per dossier of the period that a named finding speaks of, kept on the viewer's cursor for the
-- list that is asked next.
create or replace temp table found_key as
select system, dossier_code
from found($finding, $first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
