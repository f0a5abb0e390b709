-- One row per header, alias or value that no mapping places: the same for every viewer, no person and no unit in it.
create temp view mapping_warning as
select * from wh.mapping_warning
