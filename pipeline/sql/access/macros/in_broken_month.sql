-- Whether a moment lies in a month that the edges of [p_first, p_upper) break, and before p_upper.
create temp macro in_broken_month(p_at, p_first, p_upper) as
(
    p_first <> date_trunc('month', p_first)
    and p_at >= date_trunc('month', p_first)
    and p_at < least(date_trunc('month', p_first) + interval 1 month, p_upper)
)
or (p_at >= date_trunc('month', p_upper) and p_at < p_upper)
