-- One row per month and side of the period's first moment: the flows before p_upper that the filters
-- leave. Years before the period stand as one row each, in January: only their stock matters.
create temp macro chosen_month(
    p_first, p_upper, p_units, p_field, p_procedure, p_channel, p_system
) as table
with flow as (
    select * exclude (year), year as month, true as is_before
    from flow_year
    where year < date_trunc('year', p_first)
    union all by name
    select *, month < p_first as is_before
    from flow_month
    where month >= date_trunc('year', p_first)
        and month < date_trunc('month', p_upper)
        and (month <> date_trunc('month', p_first) or p_first = date_trunc('month', p_first))
    union all by name
    select * from edge_flow
)
select flow.* exclude (cell_id), cell.* exclude (cell_id)
from flow
join cell on cell.cell_id = flow.cell_id
where (p_units is null or list_contains(p_units::text[], unit_id))
    and (p_field is null or field_name = p_field)
    and (p_procedure is null or procedure_key = p_procedure)
    and (
        p_channel is null
        or channel = p_channel
        or (p_channel = 'any_online' and channel in ('online_full', 'online_partial', 'online'))
    )
    and (p_system is null or system = p_system)
