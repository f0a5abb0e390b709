-- One row per cell and calendar year: the monthly flows added up, so that a long period, and all that
-- lies before a period, cost years and not months.
create or replace table flow_year as
select
    date_trunc('year', month)::date as year,
    cell_id,
    sum(columns('^(.*_(n|delta))$'))::integer as '\1' -- every flow and every stock
from flow_month
group by year, cell_id
order by year
