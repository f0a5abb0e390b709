-- One row per table found in the files of a batch, with where its header stood and what was left out.
select batch_sheet.*, batch.source, batch.landed_at
from batch_sheet
left join batch on batch.batch_no = batch_sheet.batch_no
where $batch is null or batch_sheet.batch_no = $batch
order by batch_sheet.batch_no desc, sheet_no
