-- One row per unit: calendar days from the signature of a result to the click that finished the dossier,
-- of dossiers resolved in the period that have both. Negative where the click came first.
select
    state.unit_id,
    coalesce(any_value(unit_label.unit_name), state.unit_id) as unit_name,
    count(*) as clicked_n,
    median(click_lag_days) as click_lag_days,
    quantile_cont(click_lag_days, 0.9) as click_lag_days_p90,
    count(*) filter (where click_lag_days > 0) as later_day_n,
    count(*) < $small_sample_n as is_small_sample
from signal_state($first, $upper, $as_of, $units, $field, $procedure, $channel, $system) as state
left join unit_label on unit_label.unit_id = state.unit_id
where click_lag_days is not null
group by state.unit_id
order by is_small_sample, click_lag_days_p90 desc, state.unit_id
