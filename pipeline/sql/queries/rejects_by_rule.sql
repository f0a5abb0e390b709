-- One row per batch, rule and column: how many rows were rejected for it.
select
    reject.batch_no,
    batch.source,
    reject.rule,
    reject.column_name,
    count(*) as row_n
from reject
left join batch on batch.batch_no = reject.batch_no
where $batch is null or reject.batch_no = $batch
group by reject.batch_no, batch.source, reject.rule, reject.column_name
order by reject.batch_no desc, row_n desc, reject.rule
