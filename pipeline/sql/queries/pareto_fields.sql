-- One row per field with late or overdue dossiers, the largest first, with the share that it and the
-- larger ones make of all lateness.
with field_sum as (
    select
        field_name,
        sum(received)::bigint as received,
        sum(late)::bigint as late,
        sum(open_overdue)::bigint as open_overdue,
        sum(late_or_overdue)::bigint as late_or_overdue
    from lateness($units, $field, $procedure, $channel, $system)
    group by field_name
),
ordered as (
    select
        *,
        sum(late_or_overdue) over () as all_late,
        sum(late_or_overdue) over (
            order by late_or_overdue desc, field_name
            rows between unbounded preceding and current row
        ) as running
    from field_sum
    where late_or_overdue > 0
)
select
    field_name,
    received,
    late,
    open_overdue,
    late_or_overdue,
    all_late::bigint as all_late,
    (late_or_overdue / all_late)::double as share_of_all,
    running::bigint as cumulative_n,
    (running / all_late)::double as cumulative_share
from ordered
order by late_or_overdue desc, field_name
