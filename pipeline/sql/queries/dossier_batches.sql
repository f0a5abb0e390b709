-- One row per place in a file that spoke of a dossier: batch, file, sheet and line. known_at: the moment
-- that the batch speaks of, else when it was landed.
with place as (
    select system, dossier_code, unnest(seen) as spot
    from dossier
    where dossier_code = $dossier
        and ($system is null or system = $system)
)
select
    place.system,
    place.dossier_code,
    spot.batch_no as batch_no,
    batch.batch_id,
    batch.source,
    batch.landed_at,
    batch.told_at as known_at,
    batch_sheet.file_name,
    batch_sheet.sheet_name,
    spot.line as line
from place
left join batch on batch.batch_no = spot.batch_no
left join batch_sheet
    on batch_sheet.batch_no = spot.batch_no and batch_sheet.sheet_no = spot.sheet_no
order by place.system, batch_no, spot.sheet_no, line
