-- The code stands on several good rows of one batch: the last row is kept. Rows that are events fold instead.
insert into finding
with good as not materialized (
    select rid, dossier_code from staged anti join rejected_row using (rid)
),
repeated as (
    select dossier_code, max(rid) as kept_rid from good group by dossier_code having count(*) > 1
)
select 'duplicate_code', good.rid, 'dossier_code', good.dossier_code
from good join repeated on repeated.dossier_code = good.dossier_code
where good.rid < repeated.kept_rid;
