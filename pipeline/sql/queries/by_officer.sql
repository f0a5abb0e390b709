-- One row per officer and unit of the period's dossiers, with every count and rate of `summary`.
-- Dossiers without an officer stand in one row; so do all for a viewer who may not see what officers achieve.
with counts as (
    select *
    from counted_directly(
        'officer', $first, $upper, $as_of, $horizon, $units, $field, $procedure, $channel, $system
    )
),
rated as (
    select
        split_part(key, chr(31), 1) as officer_name,
        nullif(split_part(key, chr(31), 2), '') as unit_id,
        * exclude (key)
    from with_rates('counts')
)
select
    officer_name,
    rated.unit_id,
    coalesce(unit_label.unit_name, rated.unit_id) as unit_name,
    rated.* exclude (officer_name, unit_id)
from rated
left join unit_label on unit_label.unit_id = rated.unit_id
order by received desc, officer_name, rated.unit_id
