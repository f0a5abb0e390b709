-- One row per unit that resolves dossiers of the period, with every count and rate of `summary`.
-- Dossiers whose unit no list knows stand in a row without a unit, so that the rows add up.
with counts as (
    select *
    from counted('unit', $horizon, $units, $field, $procedure, $channel, $system)
)
select
    rated.key as unit_id,
    coalesce(unit_label.unit_name, rated.key) as unit_name,
    rated.* exclude (key)
from with_rates('counts') rated
left join unit_label on unit_label.unit_id = rated.key
order by received desc, unit_id
