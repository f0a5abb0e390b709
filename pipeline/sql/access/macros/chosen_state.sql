-- One row per dossier of dossier_state that the filters leave; a filter that is null lets all pass.
-- p_units: the chosen unit and its children, by the resolving unit. p_procedure: its code, or its name
-- where it has no code.
create temp macro chosen_state(
    p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system
) as table
select *
from dossier_state(p_first, p_upper, p_as_of)
where (p_units is null or list_contains(p_units::text[], unit_id))
    and (p_field is null or field_name = p_field)
    and (p_procedure is null or coalesce(procedure_code, procedure_name) = p_procedure)
    and (
        p_channel is null
        or channel = p_channel
        or (p_channel = 'any_online' and channel in ('online_full', 'online_partial', 'online'))
    )
    and (p_system is null or system = p_system)
