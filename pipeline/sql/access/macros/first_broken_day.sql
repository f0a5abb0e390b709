-- The first day of the first month that the edges of [p_first, p_upper) break.
create temp macro first_broken_day(p_first, p_upper) as
case
    when p_first <> date_trunc('month', p_first) then date_trunc('month', p_first)
    else date_trunc('month', p_upper)
end
