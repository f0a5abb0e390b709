-- Findings of older batches on dossiers that this batch speaks of anew.
delete from wh.flag as old
using known
where old.system = known.system and old.dossier_code = known.dossier_code and not known.is_newer;
