-- One row per month with dossiers resolved late: how many, and for how many of them a letter of apology
-- had been written by the end of the month. What is overdue and still open has no month yet.
with late as (
    select
        date_trunc('month', closed_at)::date as month,
        system,
        dossier_code
    from chosen_state($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
    where end_state = 'late'
),
letter as (
    select system, dossier_code, min(coalesce(issued_at, timestamp '0001-01-01')) as issued_at
    from apology
    group by system, dossier_code
)
select
    late.month,
    count(*) as late_n,
    count(*) filter (
        where letter.issued_at < least($upper::timestamp, late.month + interval 1 month)
    ) as late_with_letter
from late
left join letter on letter.system = late.system and letter.dossier_code = late.dossier_code
group by late.month
order by late.month
