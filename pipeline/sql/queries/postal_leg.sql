-- One row per kind of postal step: how many were handed to the post in the period and how many of these
-- reached their end, with a clock of their own; the dossier's promise does not run on the post's time.
select
    step_name,
    count(*) as sent_n,
    count(finished_at) as delivered_n,
    count(*) - count(finished_at) as under_way_n,
    median(spent_days) filter (where finished_at is not null) as spent_days,
    quantile_cont(spent_days, 0.9) filter (where finished_at is not null) as spent_days_p90,
    count(finished_at) as delivered_rate_numerator,
    count(*) as delivered_rate_denominator,
    (count(finished_at) / nullif(count(*), 0))::double as delivered_rate
from step_span($first, $upper, $as_of, $units, $field)
where kind = 'post'
group by step_name
order by sent_n desc, step_name
