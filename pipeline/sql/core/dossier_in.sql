-- One row per dossier, as the latest batch speaks of it.
insert into wh.dossier by name select * exclude (is_known) from merged;
