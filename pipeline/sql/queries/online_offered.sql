-- One row per procedure that is offered online and key under which dossiers name it (its code, or its
-- name where they have none): what of the period came online, and what did not although it could have.
-- `use` speaks of the procedure under all its keys: never, partly, always, or nobody asked for it;
-- 'unknown' where no source tells how its dossiers came in.
with offered as (
    select
        procedure_code,
        any_value(procedure_name) as procedure_name,
        any_value(field_name) as field_name,
        any_value(online_level) as online_level,
        any_value(agency_level) as agency_level
    from procedure
    where online_level in ('online_full', 'online_partial')
    group by procedure_code
),
offered_key as (
    select procedure_code as key, * from offered
    union all
    select procedure_name as key, any_value(columns(offered.*))
    from offered
    group by procedure_name
    having count(*) = 1
),
used as (
    select offered_key.*, counted.* exclude (key)
    from online_counted('procedure', $units, $field, null, null, $system) counted
    join offered_key using (key)
),
either as (
    select * from used
    union all by name
    select procedure_code as key, offered.*, 0 as received_in_period
    from offered
    anti join used using (procedure_code)
    where $field is null or offered.field_name = $field
),
numbers as (
    select
        key as procedure_key,
        procedure_code,
        procedure_name,
        field_name,
        online_level,
        agency_level,
        received_in_period,
        coalesce(online_in_period, 0) as online_in_period,
        coalesce(counter, 0) as counter,
        coalesce(post, 0) as post,
        online_rate,
        sum(received_in_period) over one as all_received,
        sum(coalesce(online_in_period, 0)) over one as all_online,
        sum(coalesce(counter + post, 0)) over one as all_otherwise
    from either
    window one as (partition by procedure_code)
)
select
    * exclude (all_received, all_online, all_otherwise),
    received_in_period < $small_sample_n as is_small_sample,
    case
        when all_received = 0 then 'nobody'
        when all_online + all_otherwise = 0 then 'unknown'
        when all_online = 0 then 'never'
        when all_otherwise > 0 then 'partly'
        else 'always'
    end as use
from numbers
order by counter + post desc, procedure_code, procedure_key
limit coalesce($limit::bigint, 9223372036854775807)
