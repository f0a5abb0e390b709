-- fresh: where nothing was before, every dossier.
create or replace temp view fresh as from wh.dossier;
