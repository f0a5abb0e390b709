-- One row per dossier of this batch, complete: what the batch says (spoken), and what older batches said in
-- columns that this source does not have (together). The first promise ever seen survives every later one.
-- What a list of a later day told stays as it was: core/newer_in. One statement, so that the rows of a year are written once and never lie about half finished.
insert into wh.dossier by name
with spoken as (
    select
        $system as system,
        accepted.dossier_code,
        accepted.sheet_no,
        accepted.line,
        accepted.procedure_code,
        coalesce(accepted.procedure_name, reference.procedure_name) as procedure_name,
        coalesce(accepted.field_name, reference.field_name) as field_name,
        unit.unit_id,
        receiving_unit.unit_id as receiving_unit_id,
        accepted.officer_name,
        accepted.step_name,
        coalesce(accepted.channel, 'unknown') as channel,
        accepted.applicant_name,
        accepted.applicant_phone,
        accepted.submitted_at,
        accepted.received_at,
        accepted.due_at,
        accepted.first_due_at,
        accepted.finished_at,
        accepted.handed_over_at,
        accepted.result_signed_at,
        accepted.result_no,
        accepted.ended_at,
        accepted.supplement_requested_at,
        accepted.supplement_completed_at,
        accepted.late_flag,
        case
            when accepted.status is not null then accepted.status
            when accepted.status_text is not null then 'unknown'
            -- no word at all: the dates speak
            when coalesce(accepted.finished_at, accepted.handed_over_at) is not null then
                case when accepted.handed_over_at is not null then 'handed_over' else 'finished' end
            when accepted.late_flag is not null and not list_contains($mapped, 'status')
                and not list_contains($mapped, 'finished_at') then 'finished'
            else 'in_progress'
        end as status,
        accepted.status_text,
        -- a promise written as a bare day cannot be judged by the minute
        case when $on_time_rule = 'instant' and length(clean(accepted.due_text)) <= 10 then 'day' else $on_time_rule end as on_time_rule
    from accepted
    left join unit_term as unit
        on unit.raw = accepted.unit_raw
        and accepted.received_at >= unit.valid_from and accepted.received_at < unit.valid_upper
    left join unit_term as receiving_unit
        on receiving_unit.raw = accepted.receiving_unit_raw
        and accepted.received_at >= receiving_unit.valid_from and accepted.received_at < receiving_unit.valid_upper
    left join (
        select procedure_code, any_value(procedure_name) as procedure_name, any_value(field_name) as field_name
        from wh.procedure group by procedure_code
    ) as reference on reference.procedure_code = accepted.procedure_code
),
together as (
    select
        spoken.system,
        spoken.dossier_code,
        list_append(
            coalesce(known.seen, []),
            {'batch_no': $batch_no::integer, 'sheet_no': spoken.sheet_no::integer, 'line': spoken.line::bigint}
        ) as seen,
        coalesce(spoken.procedure_code, known.procedure_code) as procedure_code,
        coalesce(spoken.procedure_name, known.procedure_name) as procedure_name,
        coalesce(spoken.field_name, known.field_name) as field_name,
        coalesce(spoken.unit_id, known.unit_id) as unit_id,
        coalesce(spoken.receiving_unit_id, known.receiving_unit_id) as receiving_unit_id,
        case when list_contains($mapped, 'officer') then spoken.officer_name else known.officer_name end as officer_name,
        case when list_contains($mapped, 'step_now') or list_contains($mapped, 'step_name')
            then spoken.step_name else known.step_name end as step_name,
        case when spoken.channel = 'unknown' then coalesce(known.channel, 'unknown') else spoken.channel end as channel,
        coalesce(spoken.applicant_name, known.applicant_name) as applicant_name,
        coalesce(spoken.applicant_phone, known.applicant_phone) as applicant_phone,
        coalesce(spoken.submitted_at, known.submitted_at) as submitted_at,
        spoken.received_at,
        case when list_contains($mapped, 'due_at') then spoken.due_at else known.due_at end as due_at,
        coalesce(spoken.first_due_at, known.first_due_at, known.due_at, spoken.due_at) as first_due_at,
        coalesce(known.due_moves, 0) + case
            when known.due_at is not null and list_contains($mapped, 'due_at') and spoken.due_at <> known.due_at then 1
            when known.dossier_code is null and spoken.first_due_at <> spoken.due_at then 1
            else 0
        end as due_moves,
        case when list_contains($mapped, 'finished_at') then spoken.finished_at else known.finished_at end as finished_at,
        case when list_contains($mapped, 'handed_over_at') then spoken.handed_over_at else known.handed_over_at end as handed_over_at,
        case when list_contains($mapped, 'result_signed_at') then spoken.result_signed_at else known.result_signed_at end as result_signed_at,
        coalesce(spoken.result_no, known.result_no) as result_no,
        list_contains($mapped, 'result_no') or coalesce(known.tells_result_no, false) as tells_result_no,
        case when list_contains($mapped, 'ended_at') then spoken.ended_at else known.ended_at end as ended_at,
        case when list_contains($mapped, 'supplement_requested_at')
            then spoken.supplement_requested_at else known.supplement_requested_at end as supplement_requested_at,
        case when list_contains($mapped, 'supplement_completed_at')
            then spoken.supplement_completed_at else known.supplement_completed_at end as supplement_completed_at,
        case when list_contains($mapped, 'late_flag') then spoken.late_flag else known.late_flag end as late_flag,
        spoken.status,
        spoken.status_text,
        spoken.on_time_rule
    from spoken
    left join known on known.system = spoken.system and known.dossier_code = spoken.dossier_code
    where known.is_newer is not true
)
select
    system,
    dossier_code,
    $source as source,
    $batch_no::integer as batch_no,
    $listed_on::date as listed_on,
    seen,
    procedure_code, procedure_name, field_name,
    unit_id, receiving_unit_id, officer_name, step_name,
    channel, applicant_name, applicant_phone,
    submitted_at, received_at, due_at, first_due_at,
    -- a first promise that a later source tells, and that is not the one in force, was moved unseen
    greatest(due_moves, coalesce((first_due_at <> due_at)::integer, 0))::integer as due_moves,
    finished_at, handed_over_at, result_signed_at, result_no, tells_result_no, ended_at,
    supplement_requested_at, supplement_completed_at,
    late_flag, status, status_text, on_time_rule,
    outcome_of(status) as outcome,
    closed_at_of(status, received_at, finished_at, handed_over_at, ended_at) as closed_at,
    timing_of(status, due_at, finished_at, handed_over_at, on_time_rule, late_flag,
        list_contains($mapped, 'due_at')) as timing,
    status in ('awaiting_supplement', 'awaiting_payment') as is_waiting
from together;
