-- One row per field with dossiers received in the period: how they came in, and the share online.
select
    key as field_name,
    online_field.* exclude (key),
    received_in_period < $small_sample_n as is_small_sample
from online_counted('field', $units, $field, $procedure, $channel, $system) online_field
order by received_in_period desc, key
