-- One row per apology letter for a visible dossier, with nothing that a person wrote: of the reason only
-- its kind. This is what may stand on a public list, so it is there for roles that see no letters.
create temp view public_letter as
with visible as (
    select * from wh.apology
    where getvariable('sees_every_unit')
    union all
    select letter.* from wh.apology letter
    semi join dossier using (system, dossier_code)
    where not getvariable('sees_every_unit')
),
said as (
    select distinct reason from visible where reason is not null
),
kind as (
    select said.reason, arg_min(reason_phrase.code, reason_phrase.no) as code
    from said
    join reason_phrase on contains(folded(said.reason), reason_phrase.phrase)
    group by said.reason
)
select
    visible.system,
    visible.dossier_code,
    visible.ordinal,
    visible.issued_at,
    visible.new_due_at,
    case when visible.reason is null then 'not_given' else coalesce(kind.code, 'other') end as reason_code
from visible
left join kind on kind.reason = visible.reason
