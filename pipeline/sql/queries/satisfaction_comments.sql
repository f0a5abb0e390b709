-- One row per comment that a citizen wrote in the period, the newest first; the search ignores accents.
select
    answered_at,
    answer.unit_id,
    coalesce(unit_label.unit_name, answer.unit_id) as unit_name,
    field_name,
    survey_channel,
    level,
    comment,
    count(*) over () as total_n
from chosen_answer($first, $upper, $units, $field) answer
left join unit_label on unit_label.unit_id = answer.unit_id
where is_overall
    and comment is not null
    and ($search is null or contains(folded(comment), folded($search)))
order by answered_at desc nulls last, response_id
limit coalesce($limit::bigint, 9223372036854775807) offset $offset::bigint
