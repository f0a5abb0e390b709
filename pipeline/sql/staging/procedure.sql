-- staged: one row per landed line of a procedure list, typed.
create or replace temp table staged as
select
    (landed.sheet_no::bigint << 40) + landed.row_no as rid,
    landed.sheet_no,
    landed.line,
    clean(landed.raw_procedure_code) as procedure_code,
    clean(landed.raw_procedure) as procedure_name,
    field.value as field_name,
    agency_level.value as agency_level,
    online_level.value as online_level,
    clean(landed.raw_limit) as limit_text,
    null::text as unreadable_columns
from landed
left join term as field on field.column_name = 'field' and field.raw = landed.raw_field
left join term as agency_level on agency_level.column_name = 'agency_level' and agency_level.raw = landed.raw_agency_level
left join term as online_level on online_level.column_name = 'online_level' and online_level.raw = landed.raw_online_level;
