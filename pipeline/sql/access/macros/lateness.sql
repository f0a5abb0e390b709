-- One row per unit, field and procedure: what was handled in the period, and what of it was late when
-- it was finished or is overdue now.
create temp macro lateness(
    p_first, p_upper, p_units, p_field, p_procedure, p_channel, p_system
) as table
select
    unit_id,
    field_name,
    procedure_key,
    coalesce(sum(case when is_before then open_delta else received_n end), 0)::bigint as received,
    coalesce(sum(late_n) filter (where not is_before), 0)::bigint as late,
    coalesce(sum(overdue_delta), 0)::bigint as open_overdue,
    late + open_overdue as late_or_overdue
from chosen_flow(p_first, p_upper, p_units, p_field, p_procedure, p_channel, p_system)
group by unit_id, field_name, procedure_key
