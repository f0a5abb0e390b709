-- A procedure without a code cannot be referred to.
insert into finding select 'no_code', rid, 'procedure_code', null from staged where procedure_code is null;
