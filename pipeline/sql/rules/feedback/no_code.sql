-- A petition without a number cannot be told from any other.
insert into finding select 'no_code', rid, 'feedback_id', null from staged where feedback_id is null;
