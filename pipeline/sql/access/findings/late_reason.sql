-- One row per dossier late or overdue in the period, with the kind of reason that its letter gives. Kinds
-- are found by the phrases of promises.toml; "other" is a text that fits none, "not_given" a letter
-- without a text, "no_letter" a dossier without a letter.
create temp macro late_reason(
    p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system
) as table
with late as (
    select system, dossier_code, unit_id, letter_n, reason
    from apology_course(p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system)
    where is_late_now
),
said as (
    select distinct reason from late where reason is not null
),
kind as (
    select said.reason, arg_min(reason_phrase.code, reason_phrase.no) as code
    from said
    join reason_phrase on contains(folded(said.reason), reason_phrase.phrase)
    group by said.reason
)
select
    late.system,
    late.dossier_code,
    late.unit_id,
    case
        when letter_n = 0 then 'no_letter'
        when late.reason is null then 'not_given'
        else coalesce(kind.code, 'other')
    end as reason_code
from late
left join kind on kind.reason = late.reason
