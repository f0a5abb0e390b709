-- staged: one row per landed survey response (one person, one visit), typed; its answers stand in answered.
create or replace temp table staged as
select
    (landed.sheet_no::bigint << 40) + landed.row_no as rid,
    landed.sheet_no,
    landed.line,
    coalesce(clean(landed.raw_response_id), $batch_id || '-' || landed.sheet_no || '-' || landed.line) as response_id,
    clean(landed.raw_response_id) is not null as has_response_id,
    clean(landed.raw_dossier_code) as dossier_code,
    concat_ws(' ', landed.raw_unit_code, landed.raw_unit) as unit_text,
    concat_ws(chr(31), coalesce(landed.raw_unit_code, ''), coalesce(landed.raw_unit, '')) as unit_raw,
    field.value as field_name,
    coalesce(survey_channel.value, 'unknown') as survey_channel,
    clean(landed.raw_device) as device,
    moment(landed.raw_answered_at, $formats, $zone, $written_zone) as answered_at,
    clean(landed.raw_comment) as comment,
    nullif(concat_ws(' ', unreadable(landed.raw_answered_at, answered_at, 'answered_at')), '') as unreadable_columns
from landed
left join term as field on field.column_name = 'field' and field.raw = landed.raw_field
left join term as survey_channel on survey_channel.column_name = 'survey_channel' and survey_channel.raw = landed.raw_survey_channel;
