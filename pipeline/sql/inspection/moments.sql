-- moments: one row per text, in the order given, with the local time that staging would read from it.
select text, moment(text, $formats, $zone, $written_zone) as moment
from (select unnest($texts::text[]) as text, generate_subscripts($texts::text[], 1) as place)
order by place;
