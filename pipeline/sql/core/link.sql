-- Steps, letters, answers and petitions speak of a dossier by its code alone. One row per batch and code of
-- theirs that exactly one system knows, among those the source names (links_to) or, where it names none,
-- among all; codes that no such system, or several, know stay unlinked ('').
create or replace temp table link as
with spoken_of as (
    select batch_no, dossier_code from wh.dossier_step where system = ''
    union select batch_no, dossier_code from wh.apology where system = ''
    union select batch_no, dossier_code from wh.survey_answer where system = '' and dossier_code is not null
    union select batch_no, dossier_code from wh.feedback where system = '' and dossier_code is not null
)
select
    spoken_of.batch_no, dossier_code,
    any_value(dossier.system) as system, any_value(dossier.unit_id) as unit_id, any_value(dossier.field_name) as field_name
from spoken_of
join wh.batch on batch.batch_no = spoken_of.batch_no
join wh.dossier using (dossier_code)
where len(batch.links_to) = 0 or list_contains(batch.links_to, dossier.system)
group by spoken_of.batch_no, dossier_code
having count(*) = 1;
