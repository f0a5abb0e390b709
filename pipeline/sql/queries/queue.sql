-- One row per open dossier in the order to work them: overdue first, then by the working days left;
-- $bucket keeps one bucket of queue_counts. The search ignores accents and case.
select
    bucket,
    bucket_no,
    system,
    dossier_code,
    queued.unit_id,
    coalesce(unit_label.unit_name, queued.unit_id) as unit_name,
    procedure_code,
    procedure_name,
    field_name,
    officer_name,
    step_name,
    channel,
    applicant_name,
    applicant_phone,
    received_at,
    due_at,
    first_due_at,
    due_moves,
    open_state,
    case when open_state = 'in_time' then days_left end as days_left,
    case when open_state = 'overdue' then days_over end as days_over,
    due_on_day_off,
    age_days,
    status,
    supplement_requested_at,
    count(*) over () as total_n
from chosen_queue($upper, $horizon, $units, $field, $procedure, $channel, $system) queued
left join unit_label on unit_label.unit_id = queued.unit_id
where ($bucket is null or bucket = $bucket)
    and ($officer is null or officer_name = $officer)
    and (
        $search is null
        or contains(lower(dossier_code), lower($search))
        or contains(folded(applicant_name), folded($search))
        or contains(folded(procedure_name), folded($search))
        or contains(folded(officer_name), folded($search))
        or contains(applicant_phone, $search)
    )
order by bucket_no, due_at, received_at, system, dossier_code
limit coalesce($limit::bigint, 9223372036854775807) offset $offset::bigint
