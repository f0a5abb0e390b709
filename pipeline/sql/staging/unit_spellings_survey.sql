-- Distinct ways of writing a unit, "code<US>name", of a survey source.
select distinct concat_ws(chr(31), coalesce(raw_unit_code, ''), coalesce(raw_unit, '')) as raw
from landed where raw_unit_code is not null or raw_unit is not null order by raw;
