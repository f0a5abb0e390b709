-- A unit without a name and a code.
insert into finding select 'no_code', rid, 'unit', null from staged where unit_name is null;
