-- Letters find their dossier and, where they name none, its unit.
update wh.apology as letter set system = link.system, unit_id = coalesce(letter.unit_id, link.unit_id)
from link where letter.system = '' and letter.batch_no = link.batch_no and letter.dossier_code = link.dossier_code;
