-- One row per step name and kind: dossiers late or overdue in the period whose promised day ran out while
-- they lay at that step. A dossier that became late between two steps counts with the later one; one
-- whose slip does not cover the day is counted as not known (step_name null).
with late as (
    select system, dossier_code, due_at
    from chosen_state($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
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
),
turned as (
    select system, dossier_code, arg_min(step_name, step_no) as step_name
    from slip
    where finished_at::date > due_at::date
    group by system, dossier_code
),
with_slip as (
    select distinct system, dossier_code from slip
),
said as (
    select distinct step_name from turned where step_name is not null
),
named as (
    select said.step_name, arg_min(step_phrase.kind, step_phrase.no) as kind
    from said
    join step_phrase on contains(folded(said.step_name), step_phrase.phrase)
    group by said.step_name
)
select
    turned.step_name,
    coalesce(named.kind, 'own') as kind,
    count(*) as late_n,
    (select count(*) from with_slip) as with_slip_n,
    (select count(*) from late) as all_late_n
from with_slip
left join turned on turned.system = with_slip.system and turned.dossier_code = with_slip.dossier_code
left join named on named.step_name = turned.step_name
group by turned.step_name, named.kind
order by late_n desc, turned.step_name
