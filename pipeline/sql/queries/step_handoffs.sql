-- One row per pair of units between which dossiers were handed on in the period: how often, and working
-- days between the end of one step and the beginning of the next. Between steps of one unit there is no
-- hand-off between agencies and no row.
select
    unit_before_id as from_unit_id,
    coalesce(any_value(before_label.unit_name), unit_before_id) as from_unit_name,
    span.unit_id as to_unit_id,
    coalesce(any_value(unit_label.unit_name), span.unit_id) as to_unit_name,
    count(*) as handoff_n,
    median(handed_days) as handed_days,
    quantile_cont(handed_days, 0.9) as handed_days_p90,
    sum(spent_days)::bigint as spent_days_sum,
    median(spent_days) as spent_days
from step_span($first, $upper, $as_of, $units, $field) as span
left join unit_label on unit_label.unit_id = span.unit_id
left join unit_label as before_label on before_label.unit_id = span.unit_before_id
where unit_before_id is not null and span.unit_id is not null and unit_before_id <> span.unit_id
group by unit_before_id, span.unit_id
order by handoff_n desc, from_unit_id, to_unit_id
