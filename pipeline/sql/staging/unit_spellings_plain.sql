-- Distinct ways of writing a unit, "<US>name", of letters and petitions.
select distinct concat_ws(chr(31), '', raw_unit) as raw from landed where raw_unit is not null order by raw;
