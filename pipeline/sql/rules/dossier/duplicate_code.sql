-- The code stands on several good rows of one batch: the last row is kept. Rows that are events fold instead.
insert into finding
select 'duplicate_code', rid, 'dossier_code', dossier_code
from (
    select rid, dossier_code, max(rid) over (partition by dossier_code) as kept_rid
    from staged anti join rejected_row using (rid)
)
where rid < kept_rid;
