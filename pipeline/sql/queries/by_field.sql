-- One row per field of the period's dossiers, with every count and rate of `summary`.
-- Dossiers without a field stand in a row without one, so that the rows add up.
with counts as (
    select *
    from counted('field', $horizon, $units, $field, $procedure, $channel, $system)
)
select key as field_name, rated.* exclude (key)
from with_rates('counts') rated
order by received desc, field_name
