-- staged: one row per landed row of a dossier source, named and typed, nothing decided yet.
-- Low-cardinality text (units, fields, procedures, officers, statuses, channels) was repaired once per
-- distinct spelling in term and unit_term; the rest is repaired here. Texts of moments are kept only as far
-- as rules ask for them. Repair and typing stand below the joins: a column that the source does not have is
-- one constant there, and costs nothing; above a join it would be worked out for every row.
create or replace temp table staged as
with typed as (
    select
        (landed.sheet_no::bigint << 40) + landed.row_no as rid,
        landed.sheet_no,
        landed.line,
        clean(landed.raw_dossier_code) as dossier_code,

        landed.raw_procedure_code,
        landed.raw_procedure,
        landed.raw_field,
        landed.raw_unit_code is not null or landed.raw_unit is not null as has_unit_text,
        concat_ws(chr(31), coalesce(landed.raw_unit_code, ''), coalesce(landed.raw_unit, '')) as unit_raw,
        chr(31) || landed.raw_receiving_unit as receiving_unit_raw,
        landed.raw_officer,
        landed.raw_step_now,
        landed.raw_channel,
        landed.raw_status,
        landed.raw_late_flag,

        clean(landed.raw_applicant_name) as applicant_name,
        phone(landed.raw_applicant_phone) as applicant_phone,
        clean(landed.raw_result_no) as result_no,

        moment(landed.raw_submitted_at, $formats, $zone, $written_zone) as submitted_at,
        moment(landed.raw_received_at, $formats, $zone, $written_zone) as received_at,
        moment(landed.raw_due_at, $formats, $zone, $written_zone) as due_at,
        moment(landed.raw_first_due_at, $formats, $zone, $written_zone) as first_due_at,
        moment(landed.raw_finished_at, $formats, $zone, $written_zone) as finished_at,
        moment(landed.raw_handed_over_at, $formats, $zone, $written_zone) as handed_over_at,
        moment(landed.raw_result_signed_at, $formats, $zone, $written_zone) as result_signed_at,
        moment(landed.raw_ended_at, $formats, $zone, $written_zone) as ended_at,
        moment(landed.raw_supplement_requested_at, $formats, $zone, $written_zone) as supplement_requested_at,
        moment(landed.raw_supplement_completed_at, $formats, $zone, $written_zone) as supplement_completed_at,
        case when received_at is null then landed.raw_received_at end as received_text,
        -- only where the promise may be judged by the minute is it asked whether the text is a bare day
        case when $on_time_rule = 'instant' then landed.raw_due_at end as due_text,
        -- columns whose text is there and is no moment
        nullif(concat_ws(' ',
            unreadable(landed.raw_submitted_at, submitted_at, 'submitted_at'),
            unreadable(landed.raw_due_at, due_at, 'due_at'),
            unreadable(landed.raw_first_due_at, first_due_at, 'first_due_at'),
            unreadable(landed.raw_finished_at, finished_at, 'finished_at'),
            unreadable(landed.raw_handed_over_at, handed_over_at, 'handed_over_at'),
            unreadable(landed.raw_result_signed_at, result_signed_at, 'result_signed_at'),
            unreadable(landed.raw_ended_at, ended_at, 'ended_at'),
            unreadable(landed.raw_supplement_requested_at, supplement_requested_at, 'supplement_requested_at'),
            unreadable(landed.raw_supplement_completed_at, supplement_completed_at, 'supplement_completed_at')
        ), '') as unreadable_columns,

        landed.raw_step_no as step_no,
        clean(landed.raw_step_name) as event_name,
        clean(landed.raw_step_officer) as event_officer,
        chr(31) || landed.raw_step_unit as event_unit_raw,
        moment(landed.raw_step_started_at, $formats, $zone, $written_zone) as event_started_at,
        moment(landed.raw_step_due_at, $formats, $zone, $written_zone) as event_due_at,
        moment(landed.raw_step_finished_at, $formats, $zone, $written_zone) as event_finished_at,
        clean(landed.raw_step_note) as event_note
    from landed
)
select
    typed.* exclude (
        raw_procedure_code, raw_procedure, raw_field, raw_officer, raw_step_now, raw_channel, raw_status, raw_late_flag
    ),
    procedure_code.value as procedure_code,
    procedure.value as procedure_name,
    field.value as field_name,
    officer.value as officer_name,
    step_now.value as step_name,
    channel.value as channel,
    case when channel.value is null then channel.text end as channel_text,
    status.value as status,
    status.text as status_text,
    late_flag.value as late_flag
from typed
left join term as procedure_code on procedure_code.column_name = 'procedure_code' and procedure_code.raw = typed.raw_procedure_code
left join term as procedure on procedure.column_name = 'procedure' and procedure.raw = typed.raw_procedure
left join term as field on field.column_name = 'field' and field.raw = typed.raw_field
left join term as officer on officer.column_name = 'officer' and officer.raw = typed.raw_officer
left join term as step_now on step_now.column_name = 'step_now' and step_now.raw = typed.raw_step_now
left join term as channel on channel.column_name = 'channel' and channel.raw = typed.raw_channel
left join term as status on status.column_name = 'status' and status.raw = typed.raw_status
left join term as late_flag on late_flag.column_name = 'late_flag' and late_flag.raw = typed.raw_late_flag;
