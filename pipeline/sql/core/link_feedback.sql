-- Petitions find their dossier and, where they name none, its unit.
update wh.feedback as petition set system = link.system, unit_id = coalesce(petition.unit_id, link.unit_id)
from link where petition.system = '' and petition.batch_no = link.batch_no and petition.dossier_code = link.dossier_code;
