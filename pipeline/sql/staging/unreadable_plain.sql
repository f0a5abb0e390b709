-- A row when some moment of the staged rows is there and could not be read.
select 1 from staged where len(unreadable_columns) > 0 limit 1;
