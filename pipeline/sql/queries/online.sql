-- One row per month with dossiers received: how they came in, and the share online.
-- A month that the period or as_of cuts short is not complete.
with received as (
    select month as key, channel, received_n as n
    from chosen_month($first, $upper, $units, $field, $procedure, $channel, $system)
    where not is_before
)
select
    key as month,
    online_month.* exclude (key),
    month >= $first and month + interval 1 month <= $upper as is_complete
from by_channel_columns('received') online_month
order by month
