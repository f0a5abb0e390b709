-- The same petition stands twice in a batch; the last row is kept.
insert into finding
select 'duplicate_code', rid, 'feedback_id', feedback_id
from (
    select rid, feedback_id, max(rid) over (partition by feedback_id) as kept_rid
    from staged anti join rejected_row using (rid)
)
where rid < kept_rid;
