-- The value of a threshold by its name.
create temp macro threshold_of(p_name) as (select value from threshold where name = p_name)
