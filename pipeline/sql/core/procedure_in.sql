-- One row per procedure; its time limit is read from text such as "10 ngày làm việc".
insert into wh.procedure
select
    staged.procedure_code,
    staged.procedure_name,
    staged.field_name,
    staged.agency_level,
    staged.online_level,
    limit_term.limit_value,
    limit_term.limit_unit,
    staged.agency_name,
    staged.is_on_the_spot,
    staged.valid_from,
    staged.valid_to
from staged
left join limit_term on limit_term.raw = staged.limit_text
anti join rejected_row using (rid)
anti join (select rid from finding where rule = 'duplicate_code') as repeated using (rid);
