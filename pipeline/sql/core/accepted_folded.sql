-- accepted: one row per dossier of a source whose rows are events; every good event counts as accepted.
create or replace temp view accepted as from folded;
