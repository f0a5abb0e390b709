-- The same letter for the same dossier stands twice; the last row is kept.
insert into finding
select 'duplicate_code', rid, 'dossier_code', dossier_code
from (
    select rid, dossier_code, max(rid) over (partition by dossier_code, ordinal, document_no, issued_at) as kept_rid
    from staged anti join rejected_row using (rid)
)
where rid < kept_rid;
