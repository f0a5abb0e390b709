-- One row per rejected row, with its original text: only for those who may read rejected rows, and see
-- every unit. Of which unit such a row is, nobody knows.
create temp view reject as
select * from wh.reject
where getvariable('sees_rejects') and getvariable('sees_every_unit')
