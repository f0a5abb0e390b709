-- One row per unit that did steps in the period: how many ended and how long they took, and how many
-- lie with it at the period's end, of them past their own limit.
select
    coalesce(span.unit_id, dossier_unit_id) as unit_id,
    coalesce(any_value(unit_label.unit_name), coalesce(span.unit_id, dossier_unit_id)) as unit_name,
    count(finished_at) as step_n,
    median(spent_days) filter (where finished_at is not null) as spent_days,
    quantile_cont(spent_days, 0.9) filter (where finished_at is not null) as spent_days_p90,
    count(*) filter (where finished_at is not null and is_over_limit) as over_limit_rate_numerator,
    count(is_over_limit) filter (where finished_at is not null) as over_limit_rate_denominator,
    (count(*) filter (where finished_at is not null and is_over_limit)
        / nullif(count(is_over_limit) filter (where finished_at is not null), 0))::double
        as over_limit_rate,
    count(*) filter (where is_open) as open_n,
    count(*) filter (where is_open and is_over_limit) as open_over_limit_n,
    max(spent_days) filter (where is_open) as open_days_max
from step_span($first, $upper, $as_of, $units, $field) as span
left join unit_label on unit_label.unit_id = coalesce(span.unit_id, dossier_unit_id)
group by coalesce(span.unit_id, dossier_unit_id)
order by open_n desc, step_n desc, unit_id
