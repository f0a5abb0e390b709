-- One row per step that ended in the period, or was open at its end, of the dossiers the filters leave:
-- from when to when, whose time it took and whether its own limit was kept. A step without a beginning
-- begins where the one before it ended, the first one with the receipt. Days are working days and parts
-- of a day are not counted: a step that begins and ends on one day took 0. p_units filters by the unit
-- that did the step, else by the dossier's.
create temp macro step_span(p_first, p_upper, p_as_of, p_units, p_field) as table
with judged as (
    select least(p_upper::timestamp - interval 1 microsecond, p_as_of::timestamp) as judged_at
),
seen as (
    select distinct system, dossier_code
    from dossier_step, judged
    where coalesce(finished_at, judged_at) >= p_first
        and coalesce(started_at, finished_at, judged_at) <= judged_at
),
ordered as (
    select
        step.system,
        step.dossier_code,
        step.step_no,
        step.step_name,
        step.unit_id,
        step.officer_name,
        step.due_at,
        step.finished_at,
        coalesce(
            step.started_at,
            lag(step.finished_at) over by_dossier,
            dossier.received_at
        ) as started_at,
        lag(step.unit_id) over by_dossier as unit_before_id,
        lag(step.finished_at) over by_dossier as finished_before_at,
        lead(step.step_no) over by_dossier is null as is_last,
        dossier.unit_id as dossier_unit_id,
        dossier.field_name,
        dossier.closed_at,
        dossier.due_at as promised_at,
        dossier.timing
    from dossier_step as step
    semi join seen using (system, dossier_code)
    join dossier
        on dossier.system = step.system and dossier.dossier_code = step.dossier_code
        and dossier.outcome <> 'not_accepted'
    window by_dossier as (partition by step.system, step.dossier_code order by step.step_no)
),
said as (
    select distinct step_name from ordered where step_name is not null
),
named as (
    select said.step_name, arg_min(step_phrase.kind, step_phrase.no) as kind
    from said
    join step_phrase on contains(folded(said.step_name), step_phrase.phrase)
    group by said.step_name
),
placed as (
    select
        ordered.* exclude (finished_at),
        case when finished_at <= judged_at then finished_at end as finished_at,
        -- an unfinished step that is not the last one, or of a closed dossier, lacks its end; the post
        -- carries a result after the dossier is closed
        (finished_at is null or finished_at > judged_at) and is_last
            and (closed_at is null or closed_at > judged_at or named.kind is not distinct from 'post')
            as is_open,
        judged_at,
        coalesce(named.kind, 'own') as kind
    from ordered
    cross join judged
    left join named on named.step_name = ordered.step_name
    where started_at <= judged_at
        and (p_units is null or list_contains(p_units::text[], coalesce(ordered.unit_id, dossier_unit_id)))
        and (p_field is null or field_name = p_field)
)
select
    placed.*,
    case
        when due_at is null then null
        when finished_at is not null then finished_at > due_at
        when is_open then judged_at > due_at
    end as is_over_limit,
    greatest(ended_no.working_no - started_no.working_no, 0) as spent_days,
    greatest(started_no.working_no - before_no.working_no, 0) as handed_days
from placed
left join calendar_day as started_no on started_no.day = started_at::date
left join calendar_day as ended_no
    on ended_no.day = coalesce(finished_at, case when is_open then judged_at end)::date
left join calendar_day as before_no on before_no.day = finished_before_at::date
where is_open or finished_at >= p_first
