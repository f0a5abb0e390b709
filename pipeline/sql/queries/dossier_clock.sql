-- One row per fact that the clock of the dossier with this code hangs on (one dossier per system that
-- knows the code). pipeline/clock turns the facts into lines: what a fact means is law and not SQL.
-- fact: received | limit | listed | changed | step | letter | unit | successor, few columns for many
-- kinds: a limit's unit and value stand in name and new_value, a step's unit in old_value, a unit's level,
-- parent and id in name, old_value and new_value; tells: a list that has a column for supplements.
with one as materialized (
    select *
    from dossier_state(timestamp '0001-01-01', $upper, $as_of) state
    where dossier_code = $dossier
        and ($system is null or system = $system)
),
listed as (
    select one.system, batch.batch_no, batch.told_at as seen_at,
        list_contains(batch.mapped_columns, 'supplement_requested_at') as tells
    from one
    join batch on list_contains(list_transform(one.seen, lambda spot: spot.batch_no), batch.batch_no)
),
fact as (
    select system, 'received' as fact, 0 as batch_no, received_at as happened_at,
        null::timestamp as until,
        null::text as name, null::text as old_value, null::text as new_value, false as tells, 0 as place
    from one
    union all
    select one.system, 'limit', 0, null, null, limit_unit, null, limit_value::text, false, 0
    from one
    join procedure on procedure.procedure_code = one.procedure_code
    where limit_value is not null
    union all
    select system, 'listed', batch_no, seen_at, null, null, null, null, tells, batch_no
    from listed
    union all
    select change.system, 'changed', change.batch_no, listed.seen_at, null, change.column_name,
        change.old_value, change.new_value, false, change.batch_no
    from dossier_change change
    join listed on listed.system = change.system and listed.batch_no = change.batch_no
    where change.dossier_code = $dossier
        and change.column_name in (
            'status', 'due_at', 'supplement_requested_at', 'supplement_completed_at'
        )
    union all
    select system, 'step', batch_no, started_at, finished_at, step_name, unit_id, null, false, step_no
    from dossier_step
    where dossier_code = $dossier
        and (started_at is null or started_at <= $as_of)
    union all
    select system, 'letter', batch_no, issued_at, new_due_at, null, null, null, false, ordinal
    from apology
    where dossier_code = $dossier
        and (issued_at is null or issued_at <= $as_of)
    union all
    select one.system, 'unit', 0, null, null, unit_level, parent_id, place.unit_id, false, 0
    from unit_place place, one
    where place.unit_id in (one.unit_id, one.receiving_unit_id)
        or place.unit_id in (select unit_id from dossier_step where dossier_code = $dossier)
    union all
    select one.system, 'successor', 0, null, null, null, null, after.new_unit_id, false, 0
    from one
    join unit_successor after on after.old_unit_id = one.unit_id
)
select
    one.system,
    one.dossier_code,
    one.field_name,
    one.unit_id,
    one.receiving_unit_id,
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
    fact.* exclude (system, place)
from one
join fact on fact.system = one.system
order by one.system, fact.fact, fact.place
