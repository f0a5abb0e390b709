-- A status that no vocabulary knows: counted and named, never guessed.
insert into finding
select 'status_unknown', rid, 'status', status_text
from staged where status is null and status_text is not null;
