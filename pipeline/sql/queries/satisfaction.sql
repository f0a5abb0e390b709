-- One row per group of $group_by (none, unit, field, survey_channel, month, scale) and scale: how the
-- overall question was answered in the period. Scales stay apart, because a mean across scales means
-- nothing. n and mean leave out "don't know" and answers that no vocabulary knows.
with answer as (
    select
        case $group_by
            when 'unit' then unit_id
            when 'field' then field_name
            when 'survey_channel' then survey_channel
            when 'month' then strftime(answered_at, '%Y-%m')
            when 'scale' then scale_id
        end as group_key,
        *
    from chosen_answer($first, $upper, $units, $field)
    where is_overall
),
counts as (
    select
        group_key,
        scale_id,
        count(*) filter (where level not in ('dont_know', 'unknown')) as n,
        count(*) filter (where level = 'very_satisfied') as very_satisfied,
        count(*) filter (where level = 'satisfied') as satisfied,
        count(*) filter (where level = 'neutral') as neutral,
        count(*) filter (where level = 'dissatisfied') as dissatisfied,
        count(*) filter (where level = 'very_dissatisfied') as very_dissatisfied,
        count(*) filter (where level = 'dont_know') as dont_know,
        count(*) filter (where level = 'unknown') as level_unknown,
        avg(score) filter (where level not in ('dont_know', 'unknown')) as mean
    from answer
    group by group_key, scale_id
)
select
    group_key,
    case when $group_by = 'unit' then coalesce(unit_label.unit_name, group_key) else group_key end
        as group_label,
    rated.* exclude (group_key),
    n < $small_sample_n as is_small_sample
from with_interval('counts') rated
left join unit_label on $group_by = 'unit' and unit_label.unit_id = group_key
order by group_key nulls last, n desc, scale_id
