-- The same response number stands twice in a batch; the last row is kept.
insert into finding
select 'duplicate_code', rid, 'response_id', response_id
from (
    select rid, response_id, has_response_id, max(rid) over (partition by response_id) as kept_rid
    from staged anti join rejected_row using (rid)
)
where has_response_id and rid < kept_rid;
