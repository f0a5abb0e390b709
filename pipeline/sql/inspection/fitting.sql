-- fitting: one row per text that one date format reads as a moment of our time; year 24 or 225 is none.
select text
from (select unnest($texts::text[]) as text)
where year(try_strptime(text, $format)) between 1900 and 2199;
