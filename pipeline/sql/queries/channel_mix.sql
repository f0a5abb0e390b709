-- One row per channel with dossiers received in the period, and its share of all.
with channel_sum as (
    select channel, sum(received_in_period)::bigint as received_in_period
    from chosen_cell($units, $field, $procedure, null, $system)
    group by channel
    having sum(received_in_period) > 0
)
select
    channel,
    received_in_period,
    (sum(received_in_period) over ())::bigint as all_n,
    (received_in_period / sum(received_in_period) over ())::double as share
from channel_sum
order by received_in_period desc, channel
