-- One row per procedure that is offered online and of which no dossier of the period came online:
-- the most received first; with 0 received nobody asked for it in any way.
with offered as (
    select
        procedure_code,
        any_value(procedure_name) as procedure_name,
        any_value(field_name) as field_name,
        any_value(online_level) as online_level,
        any_value(agency_level) as agency_level
    from procedure
    where online_level in ('online_full', 'online_partial')
        and ($field is null or field_name = $field)
    group by procedure_code
)
select
    offered.procedure_code,
    offered.procedure_name,
    offered.field_name,
    offered.online_level,
    offered.agency_level,
    coalesce(used.received_in_period, 0) as received_in_period,
    coalesce(used.counter, 0) as counter,
    coalesce(used.post, 0) as post
from offered
left join online_counted('procedure', $units, null, null, null, $system) used
    on used.key = offered.procedure_code
where coalesce(used.online_in_period, 0) = 0
order by received_in_period desc, offered.procedure_code
limit coalesce($limit::bigint, 9223372036854775807)
