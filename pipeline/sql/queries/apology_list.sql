-- One row per apology letter sent before as_of for a dossier that is known: its code, the day first
-- promised, the day of the letter, the day promised anew and the kind of reason. No person and no text.
with letter as (
    select distinct on (system, dossier_code, ordinal) *
    from public_letter
    where issued_at <= $as_of
    order by system, dossier_code, ordinal, issued_at
)
select
    letter.dossier_code,
    letter.ordinal,
    coalesce(dossier.first_due_at, dossier.due_at)::date as promised_day,
    letter.issued_at::date as letter_day,
    letter.new_due_at::date as new_day,
    letter.reason_code
from letter
join dossier on dossier.system = letter.system and dossier.dossier_code = letter.dossier_code
order by letter.dossier_code, letter.ordinal
