-- Received after the file was taken in.
insert into finding
select 'received_in_future', rid, 'received_at', strftime(received_at, '%Y-%m-%d %H:%M')
from staged where received_at > $landed_at;
