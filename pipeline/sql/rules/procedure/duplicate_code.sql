-- The same procedure stands twice in a list; the last row is kept.
insert into finding
select 'duplicate_code', rid, 'procedure_code', procedure_code
from (
    select rid, procedure_code, max(rid) over (partition by procedure_code) as kept_rid
    from staged anti join rejected_row using (rid)
)
where rid < kept_rid;
