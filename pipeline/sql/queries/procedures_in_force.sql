-- One row per agency and level of the procedures in force at as_of: how many there are, how many are
-- done wholly at the centre ("4 tại chỗ") and how many are offered online. Of some the list does not
-- say where they are done: on_the_spot_known_n counts those of which it does.
with in_force as (
    select
        procedure_code,
        any_value(agency_name) as agency_name,
        any_value(agency_level) as agency_level,
        any_value(online_level) as online_level,
        bool_or(is_on_the_spot) as is_on_the_spot
    from procedure
    where coalesce(valid_from <= $as_of::date, true) and coalesce(valid_to >= $as_of::date, true)
    group by procedure_code
)
select
    agency_name,
    agency_level,
    count(*) as procedure_n,
    count(*) filter (where is_on_the_spot) as on_the_spot_n,
    count(*) filter (where is_on_the_spot is not null) as on_the_spot_known_n,
    count(*) filter (where online_level = 'online_full') as online_full_n,
    count(*) filter (where online_level = 'online_partial') as online_partial_n,
    count(*) filter (where is_on_the_spot) as on_the_spot_rate_numerator,
    count(*) as on_the_spot_rate_denominator,
    (count(*) filter (where is_on_the_spot) / nullif(count(*), 0))::double as on_the_spot_rate
from in_force
group by agency_name, agency_level
order by procedure_n desc, agency_name, agency_level
