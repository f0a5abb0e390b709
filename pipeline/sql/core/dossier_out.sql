-- The older word on the dossiers of this batch makes room (its differences stand in dossier_change).
-- Places hold until the next statement that writes: this one follows core/known at once.
delete from wh.dossier where rowid in (select place from known);
