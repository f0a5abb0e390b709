-- One row per answered question about a dossier.
select
    source, response_id, question_id, question_text, is_overall, scale_id, level, score,
    survey_channel, answered_at, comment
from survey_answer
where dossier_code = $dossier
    and ($system is null or system = $system)
    and (answered_at is null or answered_at < $upper)
order by answered_at, response_id, question_id
