-- One row per cell and side of the period's first moment, in the months that the edges of the period
-- break; made once per viewer's cursor and period, because all queries of a screen share a period.
create or replace temp table edge_flow as
with event_sum as (
    select
        month, is_before, system, unit_id, receiving_unit_id, field_name, procedure_key, channel,
        sum(columns('^(.*_(n|delta))$'))::integer as '\1' -- every flow and every stock
    from broken_month_event($first::timestamp, $upper::timestamp)
    group by all
)
select
    cell.cell_id,
    event_sum.* exclude (system, unit_id, receiving_unit_id, field_name, procedure_key, channel)
from event_sum
join cell
    on cell.system = event_sum.system
    and cell.channel = event_sum.channel
    and cell.unit_id is not distinct from event_sum.unit_id
    and cell.receiving_unit_id is not distinct from event_sum.receiving_unit_id
    and cell.field_name is not distinct from event_sum.field_name
    and cell.procedure_key is not distinct from event_sum.procedure_key
