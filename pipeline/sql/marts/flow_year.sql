-- One row per cell and calendar year: the monthly flows added up, so that a long period, and all that
-- lies before a period, cost years and not months.
create or replace table flow_year as
select
    date_trunc('year', month)::date as year,
    cell_id,
    sum(received_n)::integer as received_n,
    sum(not_accepted_n)::integer as not_accepted_n,
    sum(unknown_n)::integer as unknown_n,
    sum(moved_n)::integer as moved_n,
    sum(moved_left_n)::integer as moved_left_n,
    sum(early_n)::integer as early_n,
    sum(on_time_n)::integer as on_time_n,
    sum(late_n)::integer as late_n,
    sum(resolved_no_due_n)::integer as resolved_no_due_n,
    sum(refused_n)::integer as refused_n,
    sum(withdrawn_n)::integer as withdrawn_n,
    sum(stopped_n)::integer as stopped_n,
    sum(late_against_first_promise_n)::integer as late_against_first_promise_n,
    sum(open_delta)::integer as open_delta,
    sum(waiting_delta)::integer as waiting_delta,
    sum(no_due_delta)::integer as no_due_delta,
    sum(overdue_delta)::integer as overdue_delta
from flow_month
group by year, cell_id
order by year
