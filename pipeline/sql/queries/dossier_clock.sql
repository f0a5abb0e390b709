-- One row per fact that the clock of the dossier with this code hangs on (one dossier per system that
-- knows the code). pipeline/clock turns the facts into lines: what a fact means is law and not SQL.
-- fact: received | listed | changed | step | letter; the dossier's own columns stand on every row.
with one as (
    select
        state.*,
        coalesce(receiving.unit_level, '') as receiving_level,
        receiving.unit_id is not null
            and resolving.unit_id is not null
            and receiving.unit_id <> resolving.unit_id
            and receiving.parent_id is distinct from resolving.unit_id
            and resolving.parent_id is distinct from receiving.unit_id as is_received_elsewhere,
        case when open_state = 'in_time'
            then due_day.working_no + (not due_day.is_working)::integer - today.working_no
        end as days_left,
        case when open_state = 'overdue' then today.working_no - due_day.working_no end as days_over
    from dossier_state(timestamp '0001-01-01', $upper, $as_of) state
    left join unit_place resolving on resolving.unit_id = state.unit_id
    left join unit_place receiving on receiving.unit_id = state.receiving_unit_id
    left join calendar_day due_day on due_day.day = state.due_at::date
    left join calendar_day today on today.day = state.judged_at::date
    where dossier_code = $dossier
        and ($system is null or system = $system)
),
source_column as (
    select one.system, bool_or(list_contains(mapped_columns, 'supplement_requested_at')) as tells_supplements
    from (select system, unnest(seen) as spot from one) one
    join batch on batch.batch_no = one.spot.batch_no
    group by one.system
),
time_limit as (
    select procedure_code, any_value(limit_value) as limit_value, any_value(limit_unit) as limit_unit
    from procedure
    group by procedure_code
),
fact as (
    select
        system,
        'received' as fact,
        0 as batch_no,
        received_at as at,
        null::timestamp as until,
        null::text as name,
        null::text as old_value,
        null::text as new_value,
        false as is_own_unit,
        false as is_other_agency,
        0 as place
    from one
    union all
    select one.system, 'listed', batch.batch_no, coalesce(batch.data_at, batch.landed_at), null, null,
        null, null, false, false, batch.batch_no
    from (select system, unnest(seen) as spot from one) one
    join batch on batch.batch_no = one.spot.batch_no
    union all
    select change.system, 'changed', change.batch_no, coalesce(batch.data_at, batch.landed_at), null,
        change.column_name, change.old_value, change.new_value, false, false, change.batch_no
    from dossier_change change
    semi join one on one.system = change.system
    join batch on batch.batch_no = change.batch_no
    where change.dossier_code = $dossier
        and change.column_name in (
            'status', 'due_at', 'supplement_requested_at', 'supplement_completed_at'
        )
    union all
    select step.system, 'step', step.batch_no, step.started_at, step.finished_at, step.step_name,
        null, null,
        step.unit_id = one.unit_id or place.parent_id = one.unit_id,
        step.unit_id is not null
            and step.unit_id is distinct from one.unit_id
            and step.unit_id is distinct from one.receiving_unit_id
            and place.parent_id is distinct from one.unit_id
            and own.parent_id is distinct from step.unit_id
            and not exists (
                from unit_successor after
                where after.old_unit_id = one.unit_id and after.new_unit_id = step.unit_id
            ),
        step.step_no
    from dossier_step step
    join one on one.system = step.system
    left join unit_place place on place.unit_id = step.unit_id
    left join unit_place own on own.unit_id = one.unit_id
    where step.dossier_code = $dossier
        and (step.started_at is null or step.started_at <= $as_of)
    union all
    select letter.system, 'letter', letter.batch_no, letter.issued_at, letter.new_due_at,
        letter.document_no, null, null, false, false, letter.ordinal
    from apology letter
    semi join one on one.system = letter.system
    where letter.dossier_code = $dossier
        and (letter.issued_at is null or letter.issued_at <= $as_of)
)
select
    one.system,
    one.dossier_code,
    one.field_name,
    one.received_at,
    one.due_at,
    one.first_due_at,
    one.closed_at,
    one.supplement_requested_at,
    one.supplement_completed_at,
    one.status,
    one.phase,
    one.open_state,
    one.end_state,
    one.days_left,
    one.days_over,
    one.receiving_level,
    one.is_received_elsewhere,
    coalesce(source_column.tells_supplements, false)
        or one.supplement_requested_at is not null as tells_supplements,
    time_limit.limit_value,
    time_limit.limit_unit,
    fact.fact,
    fact.batch_no,
    fact.at,
    fact.until,
    fact.name,
    fact.old_value,
    fact.new_value,
    fact.is_own_unit,
    fact.is_other_agency
from one
join fact on fact.system = one.system
left join source_column on source_column.system = one.system
left join time_limit on time_limit.procedure_code = one.procedure_code
order by one.system, fact.fact, fact.place
