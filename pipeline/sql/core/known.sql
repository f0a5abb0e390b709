-- known: one row per dossier of this batch that older batches spoke of, as they left it; place is where the
-- row stands in the table. The only look of a batch into all dossiers: whatever needs the older word
-- (merging, history, flows) takes it from here.
create or replace temp table known as
select dossier.rowid as place, dossier.*
from wh.dossier as dossier
semi join accepted on accepted.dossier_code = dossier.dossier_code
where dossier.system = $system;
