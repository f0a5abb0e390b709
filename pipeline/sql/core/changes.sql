-- What a later batch says otherwise: one row per dossier and column, old text and new text.
insert into wh.dossier_change
select system, dossier_code, $batch_no, change.column_name, change.old_value, change.new_value
from (
    select old.system, old.dossier_code, unnest([
        {'column_name': 'status', 'old_value': old.status, 'new_value': new.status},
        {'column_name': 'status_text', 'old_value': old.status_text, 'new_value': new.status_text},
        {'column_name': 'received_at', 'old_value': old.received_at::text, 'new_value': new.received_at::text},
        {'column_name': 'due_at', 'old_value': old.due_at::text, 'new_value': new.due_at::text},
        {'column_name': 'finished_at', 'old_value': old.finished_at::text, 'new_value': new.finished_at::text},
        {'column_name': 'handed_over_at', 'old_value': old.handed_over_at::text, 'new_value': new.handed_over_at::text},
        {'column_name': 'result_signed_at', 'old_value': old.result_signed_at::text, 'new_value': new.result_signed_at::text},
        {'column_name': 'ended_at', 'old_value': old.ended_at::text, 'new_value': new.ended_at::text},
        {'column_name': 'supplement_requested_at', 'old_value': old.supplement_requested_at::text, 'new_value': new.supplement_requested_at::text},
        {'column_name': 'supplement_completed_at', 'old_value': old.supplement_completed_at::text, 'new_value': new.supplement_completed_at::text},
        {'column_name': 'unit_id', 'old_value': old.unit_id, 'new_value': new.unit_id},
        {'column_name': 'receiving_unit_id', 'old_value': old.receiving_unit_id, 'new_value': new.receiving_unit_id},
        {'column_name': 'officer_name', 'old_value': old.officer_name, 'new_value': new.officer_name},
        {'column_name': 'step_name', 'old_value': old.step_name, 'new_value': new.step_name},
        {'column_name': 'channel', 'old_value': old.channel, 'new_value': new.channel},
        {'column_name': 'procedure_code', 'old_value': old.procedure_code, 'new_value': new.procedure_code},
        {'column_name': 'field_name', 'old_value': old.field_name, 'new_value': new.field_name},
        {'column_name': 'late_flag', 'old_value': old.late_flag, 'new_value': new.late_flag}
    ]) as change
    from known as old
    join wh.dossier as new
        on new.batch_no = $batch_no and new.system = old.system and new.dossier_code = old.dossier_code
)
where change.old_value is distinct from change.new_value;
