-- One row: name and telephone of the applicant of one dossier, in clear; none where the viewer's own view
-- holds no such dossier. Only pipeline/unmasking.py runs it, and gives nothing before it is logged.
select whole.applicant_name, whole.applicant_phone
from wh.dossier whole
semi join dossier using (system, dossier_code)
where whole.system = $system::text and whole.dossier_code = $dossier::text
