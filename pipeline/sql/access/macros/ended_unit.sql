-- One row per unit that the viewer sees and that has ended before the last moment of a period.
create temp macro ended_unit(p_upper) as table
with validity as (
    select unit_id, max(coalesce(valid_to, date '9999-12-31')) as last_day
    from unit
    group by unit_id
)
select unit_id, last_day
from validity
where last_day < (p_upper::timestamp - interval 1 microsecond)::date
