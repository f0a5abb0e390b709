-- One row per step name and kind: steps that ended in the period, working days they took, and how many
-- had a limit of their own and passed it.
select
    step_name,
    kind,
    count(*) as step_n,
    median(spent_days) as spent_days,
    quantile_cont(spent_days, 0.9) as spent_days_p90,
    sum(spent_days)::bigint as spent_days_sum,
    count(*) filter (where is_over_limit) as over_limit_rate_numerator,
    count(is_over_limit) as over_limit_rate_denominator,
    (count(*) filter (where is_over_limit) / nullif(count(is_over_limit), 0))::double as over_limit_rate,
    count(*) < $small_sample_n as is_small_sample
from step_span($first, $upper, $as_of, $units, $field)
where finished_at is not null
group by step_name, kind
order by spent_days_sum desc, step_name
