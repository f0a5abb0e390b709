-- One row per procedure (its code, or its name where it has none) of the period's dossiers, with
-- every count and rate of `summary`. The name shown is the reference list's, else the dossiers' own.
with counts as (
    select *
    from counted('procedure', $horizon, $units, $field, $procedure, $channel, $system)
)
select
    rated.key as procedure_key,
    procedure_label.procedure_code,
    procedure_label.procedure_name,
    procedure_label.field_name,
    rated.* exclude (key)
from with_rates('counts') rated
left join procedure_label on procedure_label.procedure_key = rated.key
order by received desc, procedure_key
