-- One row per officer and unit of the period's dossiers, with every count and rate of `summary`.
-- Empty of names for a viewer who may not see officers.
with counts as (
    select *
    from counted_directly(
        'officer', $first, $upper, $as_of, $horizon, $units, $field, $procedure, $channel, $system
    )
)
select key as officer_name, rated.* exclude (key)
from with_rates('counts') rated
order by received desc, officer_name
