-- A row that names no dossier belongs nowhere.
insert into finding select 'no_code', rid, 'dossier_code', null from staged where dossier_code is null;
