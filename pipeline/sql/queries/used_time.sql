-- One row per procedure of which dossiers with a promise were resolved in the period: working days
-- used of those allowed, from the day of receipt. The share of the sums, and how it spreads over
-- dossiers: where nine of ten need half the time or less, the limit may be too long. Dossiers promised
-- for the day of receipt have no days to share out and are left out.
with resolved as (
    select
        coalesce(procedure_code, procedure_name) as procedure_key,
        procedure_name,
        field_name,
        end_state,
        ended.working_no - received.working_no as used_days,
        due.working_no - received.working_no as allowed_days
    from chosen_state($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
    join calendar_day as received on received.day = received_at::date
    join calendar_day as ended on ended.day = closed_at::date
    join calendar_day as due on due.day = due_at::date
    where phase = 'resolved' and end_state in ('early', 'on_time', 'late')
)
select
    resolved.procedure_key,
    coalesce(any_value(procedure_label.procedure_name), any_value(resolved.procedure_name))
        as procedure_name,
    coalesce(any_value(procedure_label.field_name), any_value(resolved.field_name)) as field_name,
    count(*) as resolved_n,
    count(*) filter (where end_state = 'early') as early_n,
    count(*) filter (where end_state = 'late') as late_n,
    median(allowed_days) as allowed_days,
    median(used_days) as used_days,
    quantile_cont(used_days / allowed_days, 0.9)::double as used_share_p90,
    sum(used_days)::bigint as used_time_rate_numerator,
    sum(allowed_days)::bigint as used_time_rate_denominator,
    (sum(used_days) / nullif(sum(allowed_days), 0))::double as used_time_rate,
    count(*) < $small_sample_n as is_small_sample
from resolved
left join procedure_label on procedure_label.procedure_key = resolved.procedure_key
where allowed_days > 0
group by resolved.procedure_key
order by is_small_sample, used_share_p90, resolved_n desc, resolved.procedure_key
