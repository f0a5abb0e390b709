-- One row per band of age of the dossiers that are overdue at the end of the period, in working days
-- over the due day; $bands are the upper edges, the last band has none. A band without dossiers is 0.
with edge as (
    select unnest(list_concat($bands::integer[], [null])) as to_days, generate_subscripts(
        list_concat($bands::integer[], [null]), 1
    ) as band_no
),
band as (
    select
        band_no,
        coalesce(lag(to_days) over (order by band_no) + 1, 0) as from_days,
        to_days
    from edge
),
overdue as (
    select days_over
    from chosen_open($upper, $units, $field, $procedure, $channel, $system)
    where open_state = 'overdue'
)
select
    band_no,
    from_days,
    to_days,
    count(overdue.days_over) as overdue_n,
    (select count(*) from overdue) as all_n
from band
left join overdue
    on overdue.days_over >= band.from_days
    and (band.to_days is null or overdue.days_over <= band.to_days)
group by band_no, from_days, to_days
order by band_no
