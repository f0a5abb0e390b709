-- A way of submission that no vocabulary knows.
insert into finding
select 'channel_unknown', rid, 'channel', channel_text
from staged where channel is null and channel_text is not null;
