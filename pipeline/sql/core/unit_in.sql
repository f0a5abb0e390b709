-- One row per unit of the office's list. The id is the code where there is one, so that it never changes;
-- the same code with another beginning of validity is another unit.
insert into wh.unit
select
    coalesce(staged.unit_code, replace(strip_accents(lower(staged.unit_name)), ' ', '-')) as unit_id,
    staged.unit_code,
    staged.unit_name,
    coalesce(staged.unit_level, 'other'),
    coalesce(staged.parent_code, parent.unit_code),
    staged.valid_from,
    staged.valid_to,
    true
from staged
left join (
    select unit_name, any_value(unit_code) as unit_code from staged group by unit_name having count(*) = 1
) as parent on parent.unit_name = staged.parent_name and staged.parent_code is null
anti join rejected_row using (rid)
anti join wh.unit as known on known.unit_id = coalesce(staged.unit_code, replace(strip_accents(lower(staged.unit_name)), ' ', '-'))
qualify row_number() over (
    partition by coalesce(staged.unit_code, replace(strip_accents(lower(staged.unit_name)), ' ', '-')) order by staged.rid desc
) = 1;
