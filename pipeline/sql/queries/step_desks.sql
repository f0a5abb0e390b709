-- One row per desk, a unit and an officer: steps that ended in the period, how long they took and how
-- many passed their own limit; steps that lie there at the period's end and how long the oldest lies.
-- A viewer who may not see figures of officers gets one desk per unit.
select
    coalesce(span.unit_id, dossier_unit_id) as unit_id,
    coalesce(any_value(unit_label.unit_name), coalesce(span.unit_id, dossier_unit_id)) as unit_name,
    case when getvariable('sees_officer_figures') then officer_name end as officer_name,
    count(finished_at) as step_n,
    median(spent_days) filter (where finished_at is not null) as spent_days,
    count(*) filter (where finished_at is not null and is_over_limit) as over_limit_n,
    count(is_over_limit) filter (where finished_at is not null) as limited_n,
    count(*) filter (where is_open) as open_n,
    count(*) filter (where is_open and is_over_limit) as open_over_limit_n,
    max(spent_days) filter (where is_open) as open_days_max
from step_span($first, $upper, $as_of, $units, $field) as span
left join unit_label on unit_label.unit_id = coalesce(span.unit_id, dossier_unit_id)
group by
    coalesce(span.unit_id, dossier_unit_id),
    case when getvariable('sees_officer_figures') then officer_name end
order by open_n desc, step_n desc, unit_id, officer_name
