-- One row per unit with late or overdue dossiers: for how many an apology was sent, and for how many
-- at least one day before the first promise broke (Decree 118/2025 Art. 19(6)).
with broken as (
    select system, dossier_code, unit_id, coalesce(first_due_at, due_at)::date as promised_day
    from chosen_state($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
    where end_state = 'late' or open_state = 'overdue'
),
letter as (
    select system, dossier_code, min(issued_at) as issued_at, count(*) as letter_n
    from apology
    where issued_at is null or issued_at < $upper
    group by system, dossier_code
)
select
    broken.unit_id,
    coalesce(any_value(unit_label.unit_name), broken.unit_id) as unit_name,
    count(*) as late_or_overdue,
    count(letter.letter_n) as apologised,
    count(*) filter (where letter.issued_at::date < promised_day) as apologised_before_due,
    count(*) filter (where letter.letter_n > 1) as apologised_twice,
    count(letter.letter_n) / count(*) as apology_rate
from broken
left join letter on letter.system = broken.system and letter.dossier_code = broken.dossier_code
left join unit_label on unit_label.unit_id = broken.unit_id
group by broken.unit_id
order by late_or_overdue desc, broken.unit_id
