-- One row per open dossier with its place in the queue: overdue, today, '1' .. horizon (working days
-- left), later, waiting, no_due. bucket_no orders them as a person works them off.
create temp macro chosen_queue(
    p_upper, p_horizon, p_units, p_field, p_procedure, p_channel, p_system
) as table
select
    *,
    case
        when open_state <> 'in_time' then open_state
        when days_left <= 0 then 'today'
        when days_left <= p_horizon then days_left::text
        else 'later'
    end as bucket,
    case
        when open_state = 'overdue' then -1
        when open_state = 'waiting' then 100001
        when open_state = 'no_due' then 100002
        when days_left <= p_horizon then greatest(days_left, 0)
        else 100000
    end::integer as bucket_no
from chosen_open(p_upper, p_units, p_field, p_procedure, p_channel, p_system)
