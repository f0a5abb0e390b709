-- staged: one row per landed line of a control slip or event list, typed.
create or replace temp table staged as
select
    (landed.sheet_no::bigint << 40) + landed.row_no as rid,
    landed.sheet_no,
    landed.line,
    clean(landed.raw_dossier_code) as dossier_code,
    try_cast(clean(landed.raw_step_no) as double)::integer as step_no,
    clean(landed.raw_step_name) as event_name,
    clean(landed.raw_step_officer) as event_officer,
    concat_ws(chr(31), '', coalesce(landed.raw_step_unit, '')) as event_unit_raw,
    moment(landed.raw_step_started_at, $formats, $zone, $written_zone) as event_started_at,
    moment(landed.raw_step_due_at, $formats, $zone, $written_zone) as event_due_at,
    moment(landed.raw_step_finished_at, $formats, $zone, $written_zone) as event_finished_at,
    clean(landed.raw_step_note) as event_note,
    nullif(concat_ws(' ',
        unreadable(landed.raw_step_started_at, event_started_at, 'step_started_at'),
        unreadable(landed.raw_step_due_at, event_due_at, 'step_due_at'),
        unreadable(landed.raw_step_finished_at, event_finished_at, 'step_finished_at')
    ), '') as unreadable_columns
from landed;
