-- One row per fact about the snapshot: the same for every viewer, no person and no unit in it.
create temp view meta as
select * from wh.meta
