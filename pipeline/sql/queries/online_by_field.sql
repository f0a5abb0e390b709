-- One row per field with dossiers received in the period: how they came in, and the share online.
-- not_offered_n: those of procedures that the reference list does not offer online.
with not_offered as (
    select cell.field_name, sum(received_in_period)::bigint as n
    from chosen_cell($units, $field, $procedure, $channel, $system) cell
    join procedure_label using (procedure_key)
    where online_level = 'none'
    group by cell.field_name
)
select
    key as field_name,
    online_field.* exclude (key),
    coalesce(not_offered.n, 0) as not_offered_n,
    received_in_period < $small_sample_n as is_small_sample
from online_counted('field', $units, $field, $procedure, $channel, $system) online_field
left join not_offered on not_offered.field_name is not distinct from key
order by received_in_period desc, key
