-- staged: one row per landed reflection or petition, typed.
create or replace temp table staged as
select
    (landed.sheet_no::bigint << 40) + landed.row_no as rid,
    landed.sheet_no,
    landed.line,
    clean(landed.raw_feedback_id) as feedback_id,
    clean(landed.raw_dossier_code) as dossier_code,
    concat_ws(' ', landed.raw_unit) as unit_text,
    concat_ws(chr(31), '', coalesce(landed.raw_unit, '')) as unit_raw,
    moment(landed.raw_received_at, $formats, $zone, $written_zone) as received_at,
    moment(landed.raw_due_at, $formats, $zone, $written_zone) as due_at,
    moment(landed.raw_answered_at, $formats, $zone, $written_zone) as answered_at,
    clean(landed.raw_topic) as topic,
    case is_satisfied.value when 'yes' then true when 'no' then false end as is_satisfied,
    nullif(concat_ws(' ',
        unreadable(landed.raw_received_at, received_at, 'received_at'),
        unreadable(landed.raw_due_at, due_at, 'due_at'),
        unreadable(landed.raw_answered_at, answered_at, 'answered_at')
    ), '') as unreadable_columns
from landed
left join term as is_satisfied on is_satisfied.column_name = 'is_satisfied' and is_satisfied.raw = landed.raw_is_satisfied;
