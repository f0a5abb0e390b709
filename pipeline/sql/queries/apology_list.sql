-- One row per apology letter sent before as_of for a dossier that is known: its code, the day first
-- promised, the day of the letter, the day promised anew and the kind of reason. No person and no text.
with letter as (
    select distinct on (system, dossier_code, ordinal)
        system, dossier_code, ordinal, issued_at, new_due_at, reason
    from apology
    where issued_at <= $as_of
    order by system, dossier_code, ordinal, issued_at
),
said as (
    select distinct reason from letter where reason is not null
),
kind as (
    select said.reason, arg_min(reason_phrase.code, reason_phrase.no) as code
    from said
    join reason_phrase on contains(folded(said.reason), reason_phrase.phrase)
    group by said.reason
)
select
    letter.dossier_code,
    letter.ordinal,
    coalesce(dossier.first_due_at, dossier.due_at)::date as promised_day,
    letter.issued_at::date as letter_day,
    letter.new_due_at::date as new_day,
    case when letter.reason is null then 'not_given' else coalesce(kind.code, 'other') end as reason_code
from letter
join dossier on dossier.system = letter.system and dossier.dossier_code = letter.dossier_code
left join kind on kind.reason = letter.reason
order by letter.dossier_code, letter.ordinal
