-- One row per signal and unit: dossiers looked at, those with the pattern, and how many of these count
-- as late or in time now. The official rate of the unit stands beside it and is not changed.
with rate as (
    select
        key as unit_id,
        early + on_time as on_time_rate_a_numerator,
        early + on_time + late as on_time_rate_a_denominator
    from counted('unit', $horizon, $units, $field, $procedure, $channel, $system)
),
seen as (
    select
        signal,
        unit_id,
        count(*) as looked_at_n,
        sum(signal_n)::bigint as signal_n,
        count(*) filter (where signal_n = 1 and is_late) as late_n,
        count(*) filter (where signal_n = 1 and is_in_time) as in_time_n
    from signalled($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
    group by signal, unit_id
)
select
    seen.signal,
    seen.unit_id,
    coalesce(unit_label.unit_name, seen.unit_id) as unit_name,
    looked_at_n,
    signal_n,
    late_n,
    in_time_n,
    coalesce(on_time_rate_a_numerator, 0) as on_time_rate_a_numerator,
    coalesce(on_time_rate_a_denominator, 0) as on_time_rate_a_denominator,
    signal_n as signal_rate_numerator,
    looked_at_n as signal_rate_denominator,
    (signal_n / nullif(looked_at_n, 0))::double as signal_rate
from seen
left join rate on rate.unit_id is not distinct from seen.unit_id
left join unit_label on unit_label.unit_id = seen.unit_id
order by signal, signal_n desc, seen.unit_id
