-- One row per open dossier due within $horizon working days, the most urgent first: the list that units
-- get before a promise breaks. days_left counts working days, 0 = today; a promise that falls on a day
-- off ends with the next working day (Civil Code 2015 Art. 148(5)) and is marked.
select
    * exclude (bucket, bucket_no, open_state, days_over, age_days, status, supplement_requested_at),
    count(*) over () as total_n
from listed_queue($upper, $horizon, $units, $field, $procedure, $channel, $system)
where open_state = 'in_time'
    and days_left <= $horizon
    and ($officer is null or officer_name = $officer)
order by due_at, system, dossier_code
limit coalesce($limit::bigint, 9223372036854775807) offset $offset::bigint
