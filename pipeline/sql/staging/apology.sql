-- staged: one row per landed apology letter, typed.
create or replace temp table staged as
select
    (landed.sheet_no::bigint << 40) + landed.row_no as rid,
    landed.sheet_no,
    landed.line,
    clean(landed.raw_dossier_code) as dossier_code,
    concat_ws(' ', landed.raw_unit) as unit_text,
    concat_ws(chr(31), '', coalesce(landed.raw_unit, '')) as unit_raw,
    try_cast(clean(landed.raw_ordinal) as double)::integer as ordinal,
    clean(landed.raw_document_no) as document_no,
    moment(landed.raw_issued_at, $formats, $zone, $written_zone) as issued_at,
    clean(landed.raw_reason) as reason,
    moment(landed.raw_new_due_at, $formats, $zone, $written_zone) as new_due_at,
    nullif(concat_ws(' ',
        unreadable(landed.raw_issued_at, issued_at, 'issued_at'),
        unreadable(landed.raw_new_due_at, new_due_at, 'new_due_at')
    ), '') as unreadable_columns
from landed;
