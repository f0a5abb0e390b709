-- One row per field: survey responses of the period over results given in it (dossiers resolved).
-- Responses that name no field have no results of their own.
with response as (
    select field_name, count(distinct (source, response_id)) as n
    from chosen_answer($first, $upper, $units, $field)
    group by field_name
),
result as (
    select field_name, sum(early + on_time + late + resolved_no_due) as n
    from chosen_cell($units, $field, null, null, null)
    group by field_name
),
either as (
    select
        coalesce(response.field_name, result.field_name) as field_name,
        coalesce(response.n, 0)::bigint as response_n,
        coalesce(result.n, 0)::bigint as result_n
    from result
    full join response on response.field_name is not distinct from result.field_name
)
select
    field_name,
    response_n as response_rate_numerator,
    result_n as response_rate_denominator,
    response_n / nullif(result_n, 0) as response_rate
from either
where response_n + result_n > 0
order by response_rate_denominator desc, field_name
