-- One row per open dossier whose promise has passed, the oldest promise first, with the apologies sent.
-- days_over counts working days after the due day; 0: only days off, or hours, have passed.
with letter as (
    select system, dossier_code, count(*) as apology_n, max(issued_at) as apologised_at
    from apology
    where issued_at < $upper or issued_at is null
    group by system, dossier_code
)
select
    overdue.* exclude (
        bucket, bucket_no, open_state, days_left, due_on_day_off, age_days, status, supplement_requested_at
    ),
    coalesce(letter.apology_n, 0) as apology_n,
    letter.apologised_at,
    count(*) over () as total_n
from listed_queue($upper, 0, $units, $field, $procedure, $channel, $system) overdue
left join letter on letter.system = overdue.system and letter.dossier_code = overdue.dossier_code
where open_state = 'overdue'
    and ($officer is null or officer_name = $officer)
order by due_at, overdue.system, overdue.dossier_code
limit coalesce($limit::bigint, 9223372036854775807) offset $offset::bigint
