-- The promise lies on a day before the day of receipt.
insert into finding
select 'due_before_received', rid, 'due_at', strftime(due_at, '%Y-%m-%d') || ' < ' || strftime(received_at, '%Y-%m-%d')
from staged where due_at::date < received_at::date;
