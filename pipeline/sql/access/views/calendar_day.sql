-- One row per calendar day: the same for every viewer, no person and no unit in it.
create temp view calendar_day as
select * from wh.calendar_day
