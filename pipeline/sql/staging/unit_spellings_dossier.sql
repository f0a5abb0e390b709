-- Distinct ways of writing a unit, "code<US>name", of resolving, receiving and step units of a dossier source.
select distinct raw from (
    select concat_ws(chr(31), coalesce(raw_unit_code, ''), coalesce(raw_unit, '')) as raw from landed
    where raw_unit_code is not null or raw_unit is not null
    union
    select concat_ws(chr(31), '', raw_receiving_unit) from landed where raw_receiving_unit is not null
    union
    select concat_ws(chr(31), '', raw_step_unit) from landed where raw_step_unit is not null
)
order by raw;
