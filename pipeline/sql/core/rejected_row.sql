-- Rows that a rejecting rule found: one per row, however many rules found it.
insert into rejected_row
select distinct rid from finding where rule in (select unnest($rejecting::text[]));
