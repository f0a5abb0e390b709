-- One row per open dossier whose promise has passed, the oldest promise first, with the apologies sent.
-- days_over counts working days after the due day; 0: only days off, or hours, have passed.
with letter as (
    select system, dossier_code, count(*) as apology_n, max(issued_at) as apologised_at
    from apology
    where issued_at < $upper or issued_at is null
    group by system, dossier_code
)
select
    open_one.system,
    open_one.dossier_code,
    open_one.unit_id,
    coalesce(unit_label.unit_name, open_one.unit_id) as unit_name,
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
    days_over,
    coalesce(letter.apology_n, 0) as apology_n,
    letter.apologised_at,
    count(*) over () as total_n
from chosen_open($upper, $units, $field, $procedure, $channel, $system) open_one
left join unit_label on unit_label.unit_id = open_one.unit_id
left join letter
    on letter.system = open_one.system and letter.dossier_code = open_one.dossier_code
where open_state = 'overdue'
    and ($officer is null or officer_name = $officer)
order by due_at, open_one.system, open_one.dossier_code
limit coalesce($limit::bigint, 9223372036854775807) offset $offset::bigint
