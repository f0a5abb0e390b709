-- The day of receipt is there and is no date: 31/02/2024, 0001-01-01, "chưa rõ".
insert into finding
select 'impossible_received', rid, 'received_at', received_text
from staged where received_at is null and clean(received_text) is not null;
