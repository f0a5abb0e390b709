-- One row per question of a survey and scale: how it was answered in the period.
with counts as (
    select
        source,
        question_id,
        any_value(question_text) as question_text,
        bool_or(is_overall) as is_overall,
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
    from chosen_answer($first, $upper, $units, $field)
    group by source, question_id, scale_id
)
select rated.*, n < $small_sample_n as is_small_sample
from with_interval('counts') rated
order by source, is_overall desc, question_id, scale_id
