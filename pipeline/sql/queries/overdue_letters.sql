-- One row: open dossiers whose promise has passed, and for how many of them no apology letter went out.
-- The search ignores accents and case.
with letter as (
    select distinct system, dossier_code
    from apology
    where issued_at < $upper or issued_at is null
)
select
    count(*) as open_overdue,
    count(*) filter (where letter.dossier_code is null) as without_letter
from chosen_open($upper, $units, $field, $procedure, $channel, $system) open_one
left join letter
    on letter.system = open_one.system and letter.dossier_code = open_one.dossier_code
where open_state = 'overdue'
    and ($officer is null or officer_name = $officer)
    and mentions(
        $search, open_one.dossier_code, applicant_name, applicant_phone, procedure_name, officer_name
    )
