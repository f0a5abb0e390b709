-- One row per combination of the flow's dimensions and working days left: open dossiers in time at the
-- end of the period, made once per viewer's cursor and period.
create or replace temp table soon_flow as
select
    system, unit_id, receiving_unit_id, field_name,
    coalesce(procedure_code, procedure_name) as procedure_key,
    channel, days_left,
    count(*)::integer as due_n
from open_at($upper::timestamp)
where open_state = 'in_time'
group by all
