-- Steps find their dossier.
update wh.dossier_step as step set system = link.system from link where step.system = '' and step.dossier_code = link.dossier_code;
