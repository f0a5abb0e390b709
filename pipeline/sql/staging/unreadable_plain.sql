-- A row when some moment of the staged rows is there and could not be read.
select 1 from staged where unreadable_columns is not null limit 1;
