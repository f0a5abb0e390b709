-- One row of open dossiers in time per combination and working days left that the filters leave.
create temp macro chosen_soon(
    p_horizon, p_units, p_field, p_procedure, p_channel, p_system
) as table
select *
from soon_flow
where days_left <= p_horizon
    and (p_units is null or list_contains(p_units::text[], unit_id))
    and (p_field is null or field_name = p_field)
    and (p_procedure is null or procedure_key = p_procedure)
    and (
        p_channel is null
        or channel = p_channel
        or (p_channel = 'any_online' and channel in ('online_full', 'online_partial', 'online'))
    )
    and (p_system is null or system = p_system)
