-- One row per dossier with a letter of apology sent in the period, the latest letter first: its code, the
-- days, the kind of reason, and whether it has ended since. No person and no text; apologised is the
-- number of all of them, of which $limit are named.
with letter as (
    select distinct on (system, dossier_code) *
    from public_letter
    where issued_at >= $first and issued_at < $upper
    order by system, dossier_code, issued_at desc, ordinal desc
)
select
    letter.dossier_code,
    coalesce(dossier.first_due_at, dossier.due_at)::date as promised_day,
    letter.issued_at::date as letter_day,
    letter.new_due_at::date as new_day,
    letter.reason_code,
    coalesce(dossier.closed_at < $upper, false) as has_ended,
    count(*) over () as apologised
from letter
join dossier on dossier.system = letter.system and dossier.dossier_code = letter.dossier_code
order by letter.issued_at::date desc, letter.dossier_code
limit coalesce($limit::bigint, 9223372036854775807)
