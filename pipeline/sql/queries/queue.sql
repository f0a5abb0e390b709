-- One row per open dossier in the order to work them: overdue first, then by the working days left, or
-- by $sort. $bucket keeps one bucket of queue_counts, or 'no_letter': overdue and no apology went out, or
-- 'ended_unit': in the name of a unit that has ended. The search ignores accents and case.
with letter as (
    select system, dossier_code, count(*) as apology_n
    from apology
    where issued_at < $upper or issued_at is null
    group by system, dossier_code
)
select
    listed.*,
    coalesce(letter.apology_n, 0) as apology_n,
    count(*) over () as total_n
from listed_queue($upper, $horizon, $units, $field, $procedure, $channel, $system) listed
left join letter on letter.system = listed.system and letter.dossier_code = listed.dossier_code
where case coalesce($bucket, 'all')
        when 'all' then true
        when 'no_letter' then open_state = 'overdue' and letter.apology_n is null
        when 'ended_unit' then is_ended_unit
        else bucket = $bucket
    end
    and ($officer is null or officer_name = $officer)
    and mentions(
        $search, listed.dossier_code, applicant_name, applicant_phone, procedure_name, officer_name
    )
order by
    case $sort
        when 'procedure' then procedure_name
        when 'unit' then unit_id
        when 'officer' then officer_name
        when 'step' then step_name
    end collate vi nulls last,
    case $sort when 'due' then due_at when 'received' then received_at end nulls last,
    bucket_no, due_at, received_at, listed.system, listed.dossier_code
limit coalesce($limit::bigint, 9223372036854775807) offset $offset::bigint
