-- One row per procedure with dossiers received in the period: how they came in, and the share online;
-- online_level: what the reference list offers for it.
select
    key as procedure_key,
    procedure_label.procedure_name,
    procedure_label.field_name,
    procedure_label.online_level,
    one.* exclude (key),
    received_in_period < $small_sample_n as is_small_sample
from online_counted('procedure', $units, $field, $procedure, $channel, $system) one
left join procedure_label on procedure_label.procedure_key = key
order by received_in_period desc, key
limit coalesce($limit::bigint, 9223372036854775807)
