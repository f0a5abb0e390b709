-- One row per reflection or petition.
insert into wh.feedback
select
    $source, staged.feedback_id, $batch_no::integer, '', staged.dossier_code, unit.unit_id,
    staged.received_at, staged.due_at, staged.answered_at, staged.topic, staged.is_satisfied
from staged
left join unit_term as unit on unit.raw = staged.unit_raw and unit.is_first
anti join rejected_row using (rid)
anti join (select rid from finding where rule = 'duplicate_code') as repeated using (rid);
