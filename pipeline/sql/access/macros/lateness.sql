-- One row per unit, field and procedure: what was handled in the period, and what of it was late when
-- it was finished or is overdue at its end.
create temp macro lateness(p_units, p_field, p_procedure, p_channel, p_system) as table
select
    unit_id,
    field_name,
    procedure_key,
    sum(received)::bigint as received,
    sum(late)::bigint as late,
    sum(open_overdue)::bigint as open_overdue,
    sum(late + open_overdue)::bigint as late_or_overdue
from chosen_cell(p_units, p_field, p_procedure, p_channel, p_system)
group by unit_id, field_name, procedure_key
having sum(received) > 0
