-- One row per month, side of the period's first moment, and dimensions: the flows before p_upper that
-- the filters leave. A procedure's months come from the cells, all others from the smaller mart
-- flow_month_field; the planner drops the branch not needed.
create temp macro chosen_month(
    p_first, p_upper, p_units, p_field, p_procedure, p_channel, p_system
) as table
with flow as (
    select * from flow_month_field
    where p_procedure is null
    union all by name
    select flow_month.* exclude (cell_id), cell.* exclude (cell_id, line_id, procedure_key)
    from flow_month
    join cell on cell.cell_id = flow_month.cell_id
    where p_procedure is not null and procedure_key = p_procedure
),
side as (
    select *, month < p_first as is_before
    from flow
    where month < date_trunc('month', p_upper)
        and (month <> date_trunc('month', p_first) or p_first = date_trunc('month', p_first))
    union all by name
    select edge_flow.* exclude (cell_id), cell.* exclude (cell_id, line_id, procedure_key)
    from edge_flow
    join cell on cell.cell_id = edge_flow.cell_id
    where p_procedure is null or procedure_key = p_procedure
)
select *
from side
where (p_units is null or list_contains(p_units::text[], unit_id))
    and (p_field is null or field_name = p_field)
    and (
        p_channel is null
        or channel = p_channel
        or (p_channel = 'any_online' and channel in ('online_full', 'online_partial', 'online'))
    )
    and (p_system is null or system = p_system)
