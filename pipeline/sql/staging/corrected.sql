-- corrected: the named rows with the office's corrections in place; a correction applies where the text is the expected one.
create or replace temp table corrected as
with told as (
    select dossier_code, map_from_entries(list((column_name, {'expected': expected, 'value': value}))) as told
    from correction group by dossier_code
)
select landed.* replace (
    amended(told, 'procedure_code', landed.raw_procedure_code) as raw_procedure_code,
    amended(told, 'procedure', landed.raw_procedure) as raw_procedure,
    amended(told, 'field', landed.raw_field) as raw_field,
    amended(told, 'unit', landed.raw_unit) as raw_unit,
    amended(told, 'unit_code', landed.raw_unit_code) as raw_unit_code,
    amended(told, 'receiving_unit', landed.raw_receiving_unit) as raw_receiving_unit,
    amended(told, 'officer', landed.raw_officer) as raw_officer,
    amended(told, 'step_now', landed.raw_step_now) as raw_step_now,
    amended(told, 'channel', landed.raw_channel) as raw_channel,
    amended(told, 'applicant_name', landed.raw_applicant_name) as raw_applicant_name,
    amended(told, 'applicant_phone', landed.raw_applicant_phone) as raw_applicant_phone,
    amended(told, 'submitted_at', landed.raw_submitted_at) as raw_submitted_at,
    amended(told, 'received_at', landed.raw_received_at) as raw_received_at,
    amended(told, 'due_at', landed.raw_due_at) as raw_due_at,
    amended(told, 'first_due_at', landed.raw_first_due_at) as raw_first_due_at,
    amended(told, 'finished_at', landed.raw_finished_at) as raw_finished_at,
    amended(told, 'handed_over_at', landed.raw_handed_over_at) as raw_handed_over_at,
    amended(told, 'result_signed_at', landed.raw_result_signed_at) as raw_result_signed_at,
    amended(told, 'result_no', landed.raw_result_no) as raw_result_no,
    amended(told, 'ended_at', landed.raw_ended_at) as raw_ended_at,
    amended(told, 'supplement_requested_at', landed.raw_supplement_requested_at) as raw_supplement_requested_at,
    amended(told, 'supplement_completed_at', landed.raw_supplement_completed_at) as raw_supplement_completed_at,
    amended(told, 'late_flag', landed.raw_late_flag) as raw_late_flag,
    amended(told, 'status', landed.raw_status) as raw_status
)
from named as landed left join told on told.dossier_code = clean(landed.raw_dossier_code);
