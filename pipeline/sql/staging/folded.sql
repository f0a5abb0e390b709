-- folded: one row per dossier of a source whose rows are events; the last event that says something wins.
-- Same columns as staged, so that rules and core need not know the difference.
create or replace temp table folded as
with ordered as (
    select *, row_number() over (
        partition by dossier_code
        order by
            case $order_by
                when 'step_started_at' then event_started_at
                when 'step_due_at' then event_due_at
                else event_finished_at
            end nulls first, rid
    ) as place
    from staged
    where rid not in (select rid from rejected_row)
)
select
    max(rid) as rid,
    arg_max(sheet_no, place) as sheet_no,
    arg_max(line, place) as line,
    dossier_code,
    arg_max(procedure_code, place) as procedure_code,
    arg_max(procedure_name, place) as procedure_name,
    arg_max(field_name, place) as field_name,
    bool_or(has_unit_text) as has_unit_text,
    arg_max(unit_raw, place) filter (has_unit_text) as unit_raw,
    arg_max(receiving_unit_raw, place) as receiving_unit_raw,
    arg_max(officer_name, place) as officer_name,
    coalesce(arg_max(step_name, place), arg_max(event_name, place)) as step_name,
    arg_max(channel, place) as channel,
    arg_max(channel_text, place) as channel_text,
    arg_max(status, place) as status,
    arg_max(status_text, place) as status_text,
    arg_max(late_flag, place) as late_flag,
    arg_max(applicant_name, place) as applicant_name,
    arg_max(applicant_phone, place) as applicant_phone,
    arg_max(received_text, place) as received_text,
    arg_max(due_text, place) as due_text,
    arg_max(submitted_at, place) as submitted_at,
    arg_max(received_at, place) as received_at,
    arg_max(due_at, place) as due_at,
    arg_max(first_due_at, place) as first_due_at,
    arg_max(finished_at, place) as finished_at,
    arg_max(handed_over_at, place) as handed_over_at,
    arg_max(result_signed_at, place) as result_signed_at,
    arg_max(result_no, place) as result_no,
    arg_max(ended_at, place) as ended_at,
    arg_max(supplement_requested_at, place) as supplement_requested_at,
    arg_max(supplement_completed_at, place) as supplement_completed_at,
    arg_max(unreadable_columns, place) as unreadable_columns
from ordered
group by dossier_code;
