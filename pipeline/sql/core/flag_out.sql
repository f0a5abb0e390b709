-- Findings of older batches on dossiers that this batch speaks of anew.
delete from wh.flag as old
using merged
where merged.is_known and old.system = merged.system and old.dossier_code = merged.dossier_code;
