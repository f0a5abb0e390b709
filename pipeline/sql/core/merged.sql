-- merged: one row per dossier of this batch, complete: what the batch says, and what older batches said in
-- columns that this source does not have. The first promise ever seen survives every later one.
create or replace temp table merged as
with known as (
    select dossier.* from wh.dossier as dossier
    semi join spoken on spoken.system = dossier.system and spoken.dossier_code = dossier.dossier_code
),
together as (
    select
        spoken.system,
        spoken.dossier_code,
        known.dossier_code is not null as is_known,
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
)
select
    system,
    dossier_code,
    is_known,
    $source as source,
    $batch_no::integer as batch_no,
    seen,
    procedure_code, procedure_name, field_name,
    unit_id, receiving_unit_id, officer_name, step_name,
    channel, applicant_name, applicant_phone,
    submitted_at, received_at, due_at, first_due_at, due_moves::integer as due_moves,
    finished_at, handed_over_at, result_signed_at, ended_at,
    supplement_requested_at, supplement_completed_at,
    late_flag, status, status_text, on_time_rule,
    outcome_of(status) as outcome,
    closed_at_of(status, received_at, finished_at, handed_over_at, ended_at) as closed_at,
    timing_of(status, due_at, finished_at, handed_over_at, on_time_rule, late_flag,
        list_contains($mapped, 'due_at')) as timing,
    status in ('awaiting_supplement', 'awaiting_payment') as is_waiting
from together;
