-- staged: one row per landed line of a unit list, typed.
create or replace temp table staged as
select
    (landed.sheet_no::bigint << 40) + landed.row_no as rid,
    landed.sheet_no,
    landed.line,
    clean(landed.raw_unit_code) as unit_code,
    clean(landed.raw_unit) as unit_name,
    unit_level.value as unit_level,
    clean(landed.raw_parent_code) as parent_code,
    clean(landed.raw_parent) as parent_name,
    moment(landed.raw_valid_from, $formats, $zone, $written_zone)::date as valid_from,
    moment(landed.raw_valid_to, $formats, $zone, $written_zone)::date as valid_to,
    clean(landed.raw_successor_code) as successor_code,
    coalesce(successor_relation.value, 'merged') as successor_relation,
    try_cast(clean(landed.raw_successor_share) as double) as successor_share,
    nullif(concat_ws(' ',
        unreadable(landed.raw_valid_from, valid_from, 'valid_from'),
        unreadable(landed.raw_valid_to, valid_to, 'valid_to')
    ), '') as unreadable_columns
from landed
left join term as unit_level on unit_level.column_name = 'unit_level' and unit_level.raw = landed.raw_unit_level
left join term as successor_relation
    on successor_relation.column_name = 'successor_relation' and successor_relation.raw = landed.raw_successor_relation;
