-- One row per key of a relation of (key, channel, n): the channels side by side, and the share online.
create temp macro by_channel_columns(p_table) as table
with channel_sum as (
    select
        key,
        sum(n)::bigint as received_in_period,
        coalesce(sum(n) filter (where channel = 'online_full'), 0)::bigint as online_full,
        coalesce(sum(n) filter (where channel = 'online_partial'), 0)::bigint as online_partial,
        coalesce(sum(n) filter (where channel = 'online'), 0)::bigint as online_level_unknown,
        coalesce(sum(n) filter (where channel = 'counter'), 0)::bigint as counter,
        coalesce(sum(n) filter (where channel = 'post'), 0)::bigint as post
    from query_table(p_table)
    group by key
    having sum(n) > 0
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
