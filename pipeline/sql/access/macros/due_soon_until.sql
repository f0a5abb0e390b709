-- The last due day that counts as soon: at most p_horizon working days after the day of p_as_of.
-- A due day that is a day off ends with the next working day (Civil Code 2015, Art. 148(5)).
create temp macro due_soon_until(p_as_of, p_horizon) as (
    select max(day)
    from calendar_day
    where working_no + (not is_working)::integer <= p_horizon + (
        select working_no from calendar_day where day = p_as_of::date
    )
)
