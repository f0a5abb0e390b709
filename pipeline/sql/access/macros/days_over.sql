-- Working days after the due day up to and including the day of p_as_of; 0 = since today, or only
-- days off have passed.
create temp macro days_over(p_due_day, p_as_of) as (
    select today.working_no - due_day.working_no
    from calendar_day due_day
    join calendar_day today on today.day = p_as_of::date
    where due_day.day = p_due_day
)
