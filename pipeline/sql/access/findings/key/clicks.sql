-- One row per dossier of the period that was signed and clicked as finished, kept on the viewer's
-- cursor for the list that is asked next.
create or replace temp table found_key as
select system, dossier_code
from signal_state($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
where click_lag_days is not null
