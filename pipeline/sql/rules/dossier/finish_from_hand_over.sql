-- Only the day of handing over is known; it stands in for the agency's end, and a late pick-up may look late.
insert into finding
select 'finish_from_hand_over', rid, 'finished_at', strftime(handed_over_at, '%Y-%m-%d')
from staged
where finished_at is null and handed_over_at is not null and status in ('finished', 'handed_over');
