-- Another date is there and cannot be read; it is treated as absent and the row is kept.
insert into finding
select 'impossible_date', rid, unnest(string_split(unreadable_columns, ' ')), null
from staged where unreadable_columns is not null;
