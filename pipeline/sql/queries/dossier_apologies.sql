-- One row per apology letter for a dossier; is_before_due: it went out at least one day before the
-- promise that it takes back (Decree 118/2025 Art. 19(6)).
select
    letter.system,
    letter.dossier_code,
    letter.ordinal,
    letter.document_no,
    letter.issued_at,
    letter.reason,
    letter.new_due_at,
    letter.issued_at::date < coalesce(dossier.first_due_at, dossier.due_at)::date as is_before_due
from apology letter
left join dossier
    on dossier.system = letter.system and dossier.dossier_code = letter.dossier_code
where letter.dossier_code = $dossier
    and ($system is null or letter.system = $system)
    and (letter.issued_at is null or letter.issued_at < $upper)
order by letter.system, letter.ordinal
