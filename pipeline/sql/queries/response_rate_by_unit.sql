-- One row per unit: survey responses of the period over results given in it (dossiers resolved).
with response as (
    select unit_id, count(distinct (source, response_id)) as n
    from chosen_answer($first, $upper, $units, $field)
    group by unit_id
),
result as (
    select unit_id, sum(early + on_time + late + resolved_no_due) as n
    from chosen_cell($units, $field, null, null, null)
    group by unit_id
),
either as (
    select
        coalesce(response.unit_id, result.unit_id) as unit_id,
        coalesce(response.n, 0)::bigint as response_n,
        coalesce(result.n, 0)::bigint as result_n
    from result
    full join response on response.unit_id is not distinct from result.unit_id
)
select
    either.unit_id,
    coalesce(unit_label.unit_name, either.unit_id) as unit_name,
    response_n as response_rate_numerator,
    result_n as response_rate_denominator,
    response_n / nullif(result_n, 0) as response_rate
from either
left join unit_label on unit_label.unit_id = either.unit_id
where response_n + result_n > 0
order by response_rate_denominator desc, either.unit_id
