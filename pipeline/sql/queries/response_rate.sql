-- One row: survey responses of the period over results given in it (dossiers resolved).
-- 100 % satisfied says little where few were asked; may exceed 1 where people answer more than once.
with response as (
    select count(distinct (source, response_id)) as n
    from chosen_answer($first, $upper, $units, $field)
),
result as (
    select coalesce(sum(early + on_time + late + resolved_no_due), 0)::bigint as n
    from chosen_cell($units, $field, null, null, null)
)
select
    response.n as response_rate_numerator,
    result.n as response_rate_denominator,
    response.n / nullif(result.n, 0) as response_rate
from response, result
