-- Rows of one landed table that stay out, with the text as it came (JSON: header -> text). Columns about
-- persons that no screen needs are not in one_table; a row may have slipped into the neighbouring column,
-- so what can only be the number of an identity card (12 digits beginning with 0) goes from the text as well.
insert into wh.reject
select $batch_no::integer, $sheet_no::integer, staying_out.line, staying_out.rule, staying_out.column_name,
    without_identity_numbers(staying_out.value),
    without_identity_numbers(to_json(one_table)::text)
from one_table
join staying_out on staying_out.row_no = one_table._row and staying_out.sheet_no = $sheet_no;
