-- One row per apology letter for a visible dossier.
create temp view apology as
select * from wh.apology
where getvariable('sees_every_unit')
union all
select letter.* from wh.apology letter
semi join dossier using (system, dossier_code)
where not getvariable('sees_every_unit')
