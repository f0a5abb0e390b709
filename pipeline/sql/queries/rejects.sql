-- One row per rejected row, with its place in the file, the rule and its original text.
-- Empty for a viewer who may not read rejected rows.
select
    reject.batch_no,
    batch.source,
    batch.landed_at,
    batch_sheet.file_name,
    batch_sheet.sheet_name,
    reject.line,
    reject.rule,
    reject.column_name,
    reject.value,
    reject.row_text,
    count(*) over () as total_n
from reject
left join batch on batch.batch_no = reject.batch_no
left join batch_sheet
    on batch_sheet.batch_no = reject.batch_no and batch_sheet.sheet_no = reject.sheet_no
where ($batch is null or reject.batch_no = $batch)
    and ($rule is null or reject.rule = $rule)
    and ($search is null or contains(folded(reject.row_text), folded($search)))
order by reject.batch_no desc, reject.sheet_no, reject.line, reject.rule
limit coalesce($limit::bigint, 9223372036854775807) offset $offset::bigint
