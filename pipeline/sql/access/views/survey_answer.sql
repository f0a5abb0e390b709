-- One row per answered question about the viewer's units; what people wrote only with the right, and
-- without numbers and addresses of persons unless the viewer may see those.
create temp view survey_answer as
select * replace (
    case
        when not getvariable('sees_comments') then null
        when getvariable('sees_personal') then comment
        else masked_comment(comment)
    end as comment
)
from wh.survey_answer
where getvariable('sees_every_unit')
    or list_contains(getvariable('visible_units')::text[], unit_id)
