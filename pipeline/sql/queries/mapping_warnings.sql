-- One row per header, alias or value that a batch's mapping could not place, the newest batch first.
select mapping_warning.*, batch.source, batch.landed_at
from mapping_warning
left join batch on batch.batch_no = mapping_warning.batch_no
where $batch is null or mapping_warning.batch_no = $batch
order by mapping_warning.batch_no desc, warning, row_n desc nulls last, column_name, value
