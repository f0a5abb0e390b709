-- known: one row per dossier of this batch that older batches spoke of, as they left it; place is where the
-- row stands in the table, is_newer whether what is known comes from the list of a later day. The only
-- look of a batch into all dossiers: whatever needs the older word (merging, history, flows) takes it
-- from here.
create or replace temp table known as
select
    dossier.rowid as place,
    coalesce(dossier.listed_on > $listed_on::date, false) as is_newer,
    dossier.*
from wh.dossier as dossier
semi join accepted on accepted.dossier_code = dossier.dossier_code
where dossier.system = $system;
