-- One row per field that anything the viewer may see speaks of: dossiers, answers, the list of procedures.
select field_name from cell where field_name is not null
union
select field_name from survey_answer where field_name is not null
union
select field_name from procedure where field_name is not null
