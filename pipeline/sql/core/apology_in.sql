-- One row per apology letter; the ordinal is counted where the source does not give it.
insert into wh.apology
select
    '',
    staged.dossier_code,
    $batch_no::integer,
    unit.unit_id,
    coalesce(staged.ordinal, row_number() over (partition by staged.dossier_code order by staged.issued_at nulls last, staged.rid)
        + (
            select count(*)
            from wh.apology as earlier
            join wh.batch as teller on teller.batch_no = earlier.batch_no
            where earlier.dossier_code = staged.dossier_code
                and may_mean_one(earlier.system, teller.links_to, $links_to::text[])
        ))::integer,
    staged.document_no,
    staged.issued_at,
    staged.reason,
    staged.new_due_at
from staged
left join unit_term as unit on unit.raw = staged.unit_raw and unit.is_first
anti join rejected_row using (rid)
anti join (select rid from finding where rule = 'duplicate_code') as repeated using (rid);
