-- One row per cell of the cursor's period that the filters leave, with every count of the period.
create temp macro chosen_cell(p_units, p_field, p_procedure, p_channel, p_system) as table
select *
from period_cell
where (p_units is null or list_contains(p_units::text[], unit_id))
    and (p_field is null or field_name = p_field)
    and (p_procedure is null or procedure_key = p_procedure)
    and (
        p_channel is null
        or channel = p_channel
        or (p_channel = 'any_online' and channel in ('online_full', 'online_partial', 'online'))
    )
    and (p_system is null or system = p_system)
