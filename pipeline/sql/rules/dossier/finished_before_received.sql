-- The agency's end lies on a day before the day of receipt.
insert into finding
select 'finished_before_received', rid, 'finished_at', strftime(finished_at, '%Y-%m-%d') || ' < ' || strftime(received_at, '%Y-%m-%d')
from staged where finished_at::date < received_at::date;
