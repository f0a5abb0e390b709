-- One row per dossier late or overdue in the period that has a slip: the step at which its promised day
-- ran out. Between two steps it is the later one; null where the slip does not cover the day.
create temp macro turning_step(
    p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system
) as table
with late as (
    select system, dossier_code, due_at
    from chosen_state(p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system)
    where (end_state = 'late' or open_state = 'overdue') and due_at is not null
),
slip as (
    select
        late.system,
        late.dossier_code,
        late.due_at,
        step.step_name,
        step.step_no,
        -- a step whose end is lacking ended by the time the next one began
        coalesce(
            step.finished_at,
            lead(coalesce(step.started_at, step.finished_at)) over (
                partition by step.system, step.dossier_code order by step.step_no
            ),
            timestamp '9999-01-01'
        ) as finished_at
    from late
    join dossier_step as step on step.system = late.system and step.dossier_code = late.dossier_code
)
select
    system,
    dossier_code,
    arg_min(step_name, step_no) filter (where finished_at::date > due_at::date) as step_name
from slip
group by system, dossier_code
