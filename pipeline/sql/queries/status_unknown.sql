-- One row per source and word for a status that no vocabulary knows: dossiers received in the period.
select
    source,
    status_text,
    count(*) as dossier_n,
    min(received_at) as first_received_at,
    max(received_at) as last_received_at
from chosen_state($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
where phase = 'status_unknown'
group by source, status_text
order by dossier_n desc, source, status_text
