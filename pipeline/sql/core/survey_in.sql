-- One row per answered question; a question left empty has no row.
insert into wh.survey_answer
select
    $source,
    staged.response_id,
    $batch_no::integer,
    answer.question_id,
    nullif(question.question_text, ''),
    question.is_overall,
    $scale_id,
    coalesce(level.value, 'unknown'),
    score.score,
    '',
    staged.dossier_code,
    unit.unit_id,
    staged.field_name,
    staged.survey_channel,
    staged.device,
    staged.answered_at,
    case when question.is_overall then staged.comment end
from answer
join staged on staged.sheet_no = answer.sheet_no and staged.line = answer.line
join question on question.question_id = answer.question_id
left join term as level on level.column_name = 'rating' and level.raw = answer.raw_rating
left join scale_score as score on score.level = level.value
left join unit_term as unit
    on unit.raw = staged.unit_raw
    and coalesce(staged.answered_at, timestamp '2999-01-01') >= unit.valid_from
    and coalesce(staged.answered_at, timestamp '2999-01-01') < unit.valid_upper
anti join rejected_row using (rid)
anti join (select rid from finding where rule = 'duplicate_code') as repeated using (rid)
where clean(answer.raw_rating) is not null and upper(clean(answer.raw_rating)) not in ('NA', 'N/A', '-');
