-- Steps find their dossier.
update wh.dossier_step as step set system = link.system from link where step.system = '' and step.batch_no = link.batch_no and step.dossier_code = link.dossier_code;
