-- One row per dossier of the period with a signal's pattern, or that was looked at for it, kept on the
-- viewer's cursor for the list that is asked next.
create or replace temp table found_key as
select system, dossier_code
from signalled($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
where signal = $finding and signal_n = 1 or 'looked_at_' || signal = $finding
