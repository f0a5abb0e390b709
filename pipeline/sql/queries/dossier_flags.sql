-- One row per finding of the rules on a dossier.
select system, dossier_code, batch_no, rule, column_name, detail
from flag
where dossier_code = $dossier
    and ($system is null or system = $system)
order by system, batch_no, rule, column_name
