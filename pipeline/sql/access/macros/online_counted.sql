-- One row per key of p_by (all, month, unit, field, procedure): dossiers received in the period by
-- channel, and the share online. Plain share: index 766 also multiplies by its rate of synchronisation.
create temp macro online_counted(
    p_by, p_first, p_upper, p_units, p_field, p_procedure, p_channel, p_system
) as table
with channel_sum as (
    select
        case p_by
            when 'month' then strftime(month, '%Y-%m')
            when 'unit' then unit_id
            when 'field' then field_name
            when 'procedure' then procedure_key
        end as key,
        sum(received_n)::bigint as received_in_period,
        coalesce(sum(received_n) filter (where channel = 'online_full'), 0)::bigint as online_full,
        coalesce(sum(received_n) filter (where channel = 'online_partial'), 0)::bigint as online_partial,
        coalesce(sum(received_n) filter (where channel = 'online'), 0)::bigint as online_level_unknown,
        coalesce(sum(received_n) filter (where channel = 'counter'), 0)::bigint as counter,
        coalesce(sum(received_n) filter (where channel = 'post'), 0)::bigint as post
    from chosen_flow(p_first, p_upper, p_units, p_field, p_procedure, p_channel, p_system)
    where not is_before
    group by key
    having sum(received_n) > 0
),
with_online as (
    select *, online_full + online_partial + online_level_unknown as online_in_period
    from channel_sum
)
select
    key,
    received_in_period,
    online_in_period,
    online_full,
    online_partial,
    online_level_unknown,
    counter,
    post,
    received_in_period - online_in_period - counter - post as channel_unknown,
    online_in_period as online_rate_numerator,
    received_in_period as online_rate_denominator,
    online_in_period / received_in_period as online_rate
from with_online
