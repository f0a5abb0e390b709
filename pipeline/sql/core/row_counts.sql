-- One row: rows read, rejected, superseded inside the batch; the rest is accepted.
select
    (select count(*) from staged),
    (select count(*) from rejected_row),
    (select count(distinct rid) from finding where rule = 'duplicate_code');
