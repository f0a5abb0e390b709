-- Steps, letters, answers and petitions speak of a dossier by its code alone. The system is filled in where
-- exactly one system knows the code; codes that no system, or several, know stay unlinked ('').
create or replace temp table link as
select dossier_code, any_value(system) as system, any_value(unit_id) as unit_id, any_value(field_name) as field_name
from wh.dossier
semi join (
    select dossier_code from wh.dossier_step where system = ''
    union select dossier_code from wh.apology where system = ''
    union select dossier_code from wh.survey_answer where system = '' and dossier_code is not null
    union select dossier_code from wh.feedback where system = '' and dossier_code is not null
) as spoken_of using (dossier_code)
group by dossier_code
having count(distinct system) = 1;
