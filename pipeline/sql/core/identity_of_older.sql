-- One row, as identities: of the dossiers that this ingest tells, no word of an older batch is left. Asked where
-- there was a snapshot before.
select 'older words made room', count(*), 0
from wh.dossier as older
anti join fresh_batch on fresh_batch.batch_no = older.batch_no
semi join fresh on fresh.dossier_code = older.dossier_code and fresh.system = older.system;
