-- A date is there and cannot be read; it is treated as absent and the row is kept.
insert into finding select 'impossible_date', rid, unnest(unreadable_columns), null from staged where len(unreadable_columns) > 0;
