-- One row per landed batch: the same for every viewer, no person and no unit in it.
create temp view batch as
select * from wh.batch
