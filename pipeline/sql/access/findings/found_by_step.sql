-- One row per dossier with a step of the period that a named finding speaks of: of one name, done by a
-- unit or officer, or come from another unit. p_desks are the units that may have done it; the dossier
-- may be another unit's.
create temp macro found_by_step(
    p_finding, p_first, p_upper, p_as_of, p_desks, p_field, p_step, p_at_desk, p_at_officer, p_from_desk
) as table
select distinct system, dossier_code
from step_span(p_first, p_upper, p_as_of, p_desks, p_field)
where case p_finding
    when 'step_ended' then finished_at is not null
    when 'step_limited' then finished_at is not null and is_over_limit is not null
    when 'step_over_limit' then finished_at is not null and is_over_limit
    when 'step_open' then is_open
    when 'step_open_over_limit' then is_open and is_over_limit
    when 'handed_on' then unit_before_id <> unit_id
    when 'posted' then kind = 'post'
    when 'post_delivered' then kind = 'post' and finished_at is not null
    when 'post_under_way' then kind = 'post' and finished_at is null
    else false
end
    and (p_step is null or step_name = p_step)
    and (p_at_desk is null or coalesce(unit_id, dossier_unit_id) = p_at_desk)
    and (p_at_officer is null or officer_name = p_at_officer)
    and (p_from_desk is null or unit_before_id = p_from_desk)
