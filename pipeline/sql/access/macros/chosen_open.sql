-- One row per dossier of open_at that the filters leave.
create temp macro chosen_open(p_upper, p_units, p_field, p_procedure, p_channel, p_system) as table
select *
from open_at(p_upper)
where (p_units is null or list_contains(p_units::text[], unit_id))
    and (p_field is null or field_name = p_field)
    and (p_procedure is null or coalesce(procedure_code, procedure_name) = p_procedure)
    and (
        p_channel is null
        or channel = p_channel
        or (p_channel = 'any_online' and channel in ('online_full', 'online_partial', 'online'))
    )
    and (p_system is null or system = p_system)
