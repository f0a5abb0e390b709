-- One row per answer behind a figure of satisfaction, the newest first: $answered is a count of
-- `satisfaction` ('written': with a comment), and total_n is that count before $limit and $offset. Of
-- 'responses' it is one row per person and visit, whatever the scale.
-- No day, no dossier, no officer: survey answers are confidential (Decree 118/2025, Art. 29(3)).
with answer as (
    select *
    from chosen_answer($first, $upper, $units, $field)
    where ($at_unit is null or unit_id = $at_unit)
        and ($survey_channel is null or survey_channel = $survey_channel)
        and (
            $lacks is null
            or (
                (not list_contains($lacks::text[], 'unit') or unit_id is null)
                and (not list_contains($lacks::text[], 'field') or field_name is null)
            )
        )
),
hit as (
    select *
    from answer
    where $answered <> 'responses'
        and scale_id = $scale
        and case
            when $question is null then is_overall
            else question_id = $question and source = $source
        end
        and case $answered
            when 'n' then level not in ('dont_know', 'unknown')
            when 'any_satisfied' then level in ('very_satisfied', 'satisfied')
            when 'any_dissatisfied' then level in ('very_dissatisfied', 'dissatisfied')
            when 'level_unknown' then level = 'unknown'
            when 'written' then comment is not null
            else level = $answered
        end
    union all by name
    select distinct on (source, response_id) *
    from answer
    where $answered = 'responses'
),
sought as (
    select *
    from hit
    where $search is null or contains(folded(comment), folded($search))
)
select
    sought.unit_id,
    coalesce(unit_label.unit_name, sought.unit_id) as unit_name,
    field_name,
    survey_channel,
    scale_id,
    level,
    comment,
    count(*) over () as total_n
from sought
left join unit_label on unit_label.unit_id = sought.unit_id
order by answered_at desc nulls last, source, response_id
limit coalesce($limit::bigint, 9223372036854775807) offset $offset::bigint
