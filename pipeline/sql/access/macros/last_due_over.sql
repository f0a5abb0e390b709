-- The last due day that is over by at least p_days working days on the day of p_at; one before all
-- others where the calendar does not reach back so far.
create temp macro last_due_over(p_at, p_days) as (
    select coalesce(max(day), date '0001-01-01')
    from calendar_day
    where working_no <= (select working_no from calendar_day where day = p_at::date) - p_days
)
