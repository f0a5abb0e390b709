-- One row per unit with dossiers received in the period: how they came in, and the share online.
select
    key as unit_id,
    coalesce(unit_label.unit_name, key) as unit_name,
    online_unit.* exclude (key),
    received_in_period < $small_sample_n as is_small_sample
from online_counted('unit', $units, $field, $procedure, $channel, $system) online_unit
left join unit_label on unit_label.unit_id = key
order by received_in_period desc, key
