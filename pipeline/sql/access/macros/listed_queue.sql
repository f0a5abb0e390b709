-- One row per dossier of chosen_queue with the columns that every list of open dossiers shows: its unit
-- by name, and where that unit has ended, the units that took over its work.
create temp macro listed_queue(
    p_upper, p_horizon, p_units, p_field, p_procedure, p_channel, p_system
) as table
with heir as (
    select
        old_unit_id as unit_id,
        string_agg(distinct unit_label.unit_name, ', ' order by unit_label.unit_name) as successor_name
    from unit_successor
    join unit_label on unit_label.unit_id = unit_successor.new_unit_id
    group by old_unit_id
)
select
    bucket,
    bucket_no,
    system,
    dossier_code,
    queued.unit_id,
    coalesce(unit_label.unit_name, queued.unit_id) as unit_name,
    ended.unit_id is not null as is_ended_unit,
    heir.successor_name,
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
    supplement_requested_at
from chosen_queue(p_upper, p_horizon, p_units, p_field, p_procedure, p_channel, p_system) queued
left join unit_label on unit_label.unit_id = queued.unit_id
left join ended_unit(p_upper) ended on ended.unit_id = queued.unit_id
left join heir on heir.unit_id = ended.unit_id
