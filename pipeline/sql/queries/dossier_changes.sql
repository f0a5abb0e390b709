-- One row per column of a dossier that a later batch changed, the oldest change first. known_at: the
-- moment that the batch speaks of, by which the change had happened; else when it was landed.
select
    change.system,
    change.dossier_code,
    change.batch_no,
    batch.landed_at,
    batch.told_at as known_at,
    batch.source,
    change.column_name,
    change.old_value,
    change.new_value
from dossier_change change
left join batch on batch.batch_no = change.batch_no
where change.dossier_code = $dossier
    and ($system is null or change.system = $system)
order by change.system, change.batch_no, change.column_name
