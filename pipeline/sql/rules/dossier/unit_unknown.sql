-- A unit absent from the office's own list, where such a list has been taken in; or no unit at all.
insert into finding
select 'unit_unknown', staged.rid, 'unit', nullif(trim(replace(staged.unit_raw, chr(31), ' ')), '')
from staged
left join unit_term on unit_term.raw = staged.unit_raw and unit_term.is_first
where not coalesce(unit_term.is_registered, false)
    and exists (select 1 from unit_known where is_registered);
