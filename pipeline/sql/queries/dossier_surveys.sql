-- One row per survey response that names a dossier: that it came in, and by which way. How somebody
-- answered is confidential (Decree 118/2025, Art. 29(3)) and never stands beside his dossier.
select
    source,
    response_id,
    any_value(survey_channel) as survey_channel,
    min(answered_at) as answered_at
from survey_answer
where dossier_code = $dossier
    and ($system is null or system = $system)
    and (answered_at is null or answered_at < $upper)
group by source, response_id
order by answered_at, source, response_id
