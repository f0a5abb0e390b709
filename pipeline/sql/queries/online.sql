-- One row per month with dossiers received: how they came in, and the share online.
-- A month that the period or as_of cuts short is not complete.
select
    strptime(key, '%Y-%m')::date as month,
    online_month.* exclude (key),
    month >= $first and month + interval 1 month <= $upper as is_complete
from online_counted('month', $first, $upper, $units, $field, $procedure, $channel, $system) online_month
order by month
