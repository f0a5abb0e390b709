-- One row per open dossier due within $horizon working days, the most urgent first: the list that units
-- get before a promise breaks. days_left counts working days, 0 = today; a promise that falls on a day
-- off ends with the next working day (Civil Code 2015 Art. 148(5)) and is marked.
select
    system,
    dossier_code,
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
    days_left,
    due_on_day_off,
    count(*) over () as total_n
from chosen_open($upper, $units, $field, $procedure, $channel, $system) open_one
left join unit_label on unit_label.unit_id = open_one.unit_id
where open_state = 'in_time'
    and days_left <= $horizon
    and ($officer is null or officer_name = $officer)
order by due_at, system, dossier_code
limit coalesce($limit::bigint, 9223372036854775807) offset $offset::bigint
