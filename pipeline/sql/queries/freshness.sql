-- One row per source: when it was last brought in, the moment its rows speak of, and whether that is
-- more working days ago than the source, or the office, allows. A list of procedures or units tells no
-- moment of its own: it counts from whenever one looks.
with newest as (
    select
        source,
        any_value(kind) as kind,
        max(landed_at) as landed_at,
        max(data_at) as data_at,
        coalesce(arg_max(fresh_within_days, batch_no), $fresh_within_days) as fresh_within_days,
        bool_or(is_invented) as is_invented
    from batch
    where landed_at <= $as_of or data_at <= $as_of or data_at is null
    group by source
)
select
    newest.*,
    greatest(today.working_no - then_day.working_no, 0) as working_days_old,
    coalesce(today.working_no - then_day.working_no > fresh_within_days, false) as is_stale
from newest
left join calendar_day today on today.day = $as_of::date
left join calendar_day then_day on then_day.day = coalesce(newest.data_at, newest.landed_at)::date
order by is_stale desc, source
