-- One row per unit and kind of reason of the dossiers late or overdue in the period. Kinds are found by
-- the phrases of promises.toml; "other" is a text that fits none, "not_given" a letter without a text,
-- "no_letter" a dossier without a letter.
with late as (
    select unit_id, letter_n, reason
    from apology_course($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
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
    late.unit_id,
    coalesce(any_value(unit_label.unit_name), late.unit_id) as unit_name,
    case
        when letter_n = 0 then 'no_letter'
        when late.reason is null then 'not_given'
        else coalesce(kind.code, 'other')
    end as reason_code,
    count(*) as late_n
from late
left join kind on kind.reason = late.reason
left join unit_label on unit_label.unit_id = late.unit_id
group by late.unit_id, reason_code
order by late_n desc, late.unit_id, reason_code
