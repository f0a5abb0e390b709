-- The status and the dates tell two stories: finished without an end, or under way with one.
insert into finding
select 'status_against_dates', rid, 'status', status || case
        when status in ('finished', 'handed_over') then ' without finished_at' else ' with finished_at' end
from staged
where (status in ('finished', 'handed_over') and finished_at is null and handed_over_at is null and late_flag is null)
    or (status in ('submitted', 'in_progress', 'awaiting_supplement', 'awaiting_payment') and finished_at is not null);
