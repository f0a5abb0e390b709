-- Distinct ways of writing a unit, "<US>name", of a step source.
select distinct concat_ws(chr(31), '', raw_step_unit) as raw from landed where raw_step_unit is not null order by raw;
