-- One row per table found in a file of a batch: the same for every viewer, no person and no unit in it.
create temp view batch_sheet as
select * from wh.batch_sheet
