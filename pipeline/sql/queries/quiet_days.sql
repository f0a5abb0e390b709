-- One row per unit and working day of the period on which it received nothing although it usually does:
-- it received on each of the $busy_days_n working days before. What came in may stand outside the
-- software, or nobody came: it cannot be reconciled here, and no rate is made of it.
with received as (
    select unit_id, received_at::date as day, count(*) as received_n
    from dossier
    where outcome <> 'not_accepted' and received_at <= $as_of
        and ($units is null or list_contains($units::text[], unit_id))
    group by unit_id, received_at::date
),
span as (
    select unit_id, min(day) as first_day, max(day) as last_day from received group by unit_id
),
worked as (
    select
        span.unit_id,
        calendar_day.day,
        coalesce(received.received_n, 0) as received_n,
        count(received.day) over (
            partition by span.unit_id order by calendar_day.day
            rows between $busy_days_n preceding and 1 preceding
        ) as busy_n
    from span
    join calendar_day on calendar_day.is_working and calendar_day.day between first_day and last_day
    left join received on received.unit_id = span.unit_id and received.day = calendar_day.day
)
select
    worked.unit_id,
    coalesce(unit_label.unit_name, worked.unit_id) as unit_name,
    worked.day
from worked
left join unit_label on unit_label.unit_id = worked.unit_id
where received_n = 0 and busy_n = $busy_days_n
    and worked.day >= $first::date and worked.day < $upper
order by worked.day desc, worked.unit_id
