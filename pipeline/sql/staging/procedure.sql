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
    clean(landed.raw_agency) as agency_name,
    on_the_spot.value = 'yes' as is_on_the_spot,
    moment(landed.raw_valid_from, $formats, $zone, $written_zone)::date as valid_from,
    moment(landed.raw_valid_to, $formats, $zone, $written_zone)::date as valid_to,
    nullif(concat_ws(' ',
        unreadable(landed.raw_valid_from, valid_from, 'valid_from'),
        unreadable(landed.raw_valid_to, valid_to, 'valid_to')
    ), '') as unreadable_columns
from landed
left join term as field on field.column_name = 'field' and field.raw = landed.raw_field
left join term as agency_level on agency_level.column_name = 'agency_level' and agency_level.raw = landed.raw_agency_level
left join term as online_level on online_level.column_name = 'online_level' and online_level.raw = landed.raw_online_level
left join term as on_the_spot on on_the_spot.column_name = 'on_the_spot' and on_the_spot.raw = landed.raw_on_the_spot;
