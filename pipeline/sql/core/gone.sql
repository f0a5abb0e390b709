-- gone: one row per dossier of the snapshot before that this ingest tells anew, as it stood there.
create or replace temp table gone as from wh.dossier limit 0;
