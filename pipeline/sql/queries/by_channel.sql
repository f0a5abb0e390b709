-- One row per channel of the period's dossiers, with every count and rate of `summary`.
with counts as (
    select *
    from counted('channel', $horizon, $units, $field, $procedure, $channel, $system)
)
select key as channel, rated.* exclude (key)
from with_rates('counts') rated
order by received desc, channel
