-- One row per key of p_by (all, unit, field, channel, procedure): every count of the period.
create temp macro counted(
    p_by, p_first, p_upper, p_as_of, p_horizon,
    p_units, p_field, p_procedure, p_channel, p_system
) as table
select *
from counted_directly(
    p_by, p_first, p_upper, p_as_of, p_horizon,
    p_units, p_field, p_procedure, p_channel, p_system
)
