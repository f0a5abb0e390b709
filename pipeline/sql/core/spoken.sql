-- spoken: one row per dossier of this batch in the shape of the dossier table, before older batches are looked at.
create or replace temp table spoken as
select
    $system as system,
    accepted.dossier_code,
    accepted.rid,
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
) as reference on reference.procedure_code = accepted.procedure_code;
