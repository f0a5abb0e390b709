-- One row per procedure of the reference list: the same for every viewer, no person and no unit in it.
create temp view procedure as
select * from wh.procedure
