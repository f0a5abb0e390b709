-- Working days from the day of p_as_of to the due day: 0 = today; null without a calendar day.
-- A due day that is a day off ends with the next working day (Civil Code 2015, Art. 148(5)).
create temp macro days_left(p_due_day, p_as_of) as (
    select due_day.working_no + (not due_day.is_working)::integer - today.working_no
    from calendar_day due_day
    join calendar_day today on today.day = p_as_of::date
    where due_day.day = p_due_day
)
