-- Responses that this batch tells anew.
delete from wh.survey_answer as old
using staged
where old.source = $source and old.response_id = staged.response_id;
