-- term: one row per column and spelling: the board's word for it (null: no vocabulary knows it), and the
-- spelling itself repaired.
create or replace temp table term as
select column_name, raw, value, clean(raw) as text from term_rows;
