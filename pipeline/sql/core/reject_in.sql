-- Rows of one landed table that stay out, with the text as it came (JSON: header -> text).
insert into wh.reject
select $batch_no::integer, $sheet_no::integer, staying_out.line, staying_out.rule, staying_out.column_name, staying_out.value,
    to_json(one_table)::text
from one_table
join staying_out on staying_out.row_no = one_table._row and staying_out.sheet_no = $sheet_no;
