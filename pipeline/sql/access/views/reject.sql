-- One row per rejected row, with its original text: only for those who may read rejected rows.
create temp view reject as
select * from wh.reject
where getvariable('sees_rejects')
