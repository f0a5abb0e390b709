-- One row per month, unit, receiving unit, field, channel and system: the monthly flows without the
-- procedure, so that a line over years costs its months and not every procedure's.
create or replace table flow_month_field as
with line_sum as (
    select
        month,
        line_id,
        sum(columns('^(.*_(n|delta))$'))::integer as '\1' -- every flow and every stock
    from flow_month
    join cell on cell.cell_id = flow_month.cell_id
    group by month, line_id
),
line as (
    select distinct line_id, system, unit_id, receiving_unit_id, field_name, channel
    from cell
)
select line.* exclude (line_id), line_sum.* exclude (line_id)
from line_sum
join line on line.line_id = line_sum.line_id
order by month
