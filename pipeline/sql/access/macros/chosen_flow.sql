-- One row of flows before p_upper that the filters leave; is_before: it lies before p_first, where
-- only stocks matter. Whole months come from the mart, broken ones from the cursor's edge_flow.
create temp macro chosen_flow(
    p_first, p_upper, p_units, p_field, p_procedure, p_channel, p_system
) as table
with flow as (
    select *, month < p_first as is_before
    from flow_month
    where month < date_trunc('month', p_upper)
        and (month <> date_trunc('month', p_first) or p_first = date_trunc('month', p_first))
    union all by name
    select * from edge_flow
)
select *
from flow
where (p_units is null or list_contains(p_units::text[], unit_id))
    and (p_field is null or field_name = p_field)
    and (p_procedure is null or procedure_key = p_procedure)
    and (
        p_channel is null
        or channel = p_channel
        or (p_channel = 'any_online' and channel in ('online_full', 'online_partial', 'online'))
    )
    and (p_system is null or system = p_system)
