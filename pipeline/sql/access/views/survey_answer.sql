-- One row per answered question about the viewer's units; what people wrote only with the right.
create temp view survey_answer as
select * replace (case when getvariable('sees_comments') then comment end as comment)
from wh.survey_answer
where getvariable('sees_every_unit')
    or list_contains(getvariable('visible_units')::text[], unit_id)
