-- Answers find their dossier and, where they name none, its unit and field.
update wh.survey_answer as answer
set system = link.system, unit_id = coalesce(answer.unit_id, link.unit_id), field_name = coalesce(answer.field_name, link.field_name)
from link where answer.system = '' and answer.batch_no = link.batch_no and answer.dossier_code = link.dossier_code;
