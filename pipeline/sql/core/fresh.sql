-- fresh: one row per dossier that the batches of this ingest spoke of, as it stands now.
create or replace temp view fresh as
select dossier.* from wh.dossier as dossier semi join fresh_batch using (batch_no);
