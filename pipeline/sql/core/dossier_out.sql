-- The older word on the dossiers of this batch makes room (its differences stand in dossier_change).
delete from wh.dossier as old
using merged
where merged.is_known and old.system = merged.system and old.dossier_code = merged.dossier_code;
