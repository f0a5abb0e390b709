-- A row without a dossier code cannot be told from any other.
insert into finding
select 'no_code', rid, 'dossier_code', null from staged where dossier_code is null;
