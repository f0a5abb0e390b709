-- One row per answered question of the period that the filters leave. An answer without a date counts
-- only where there is no period: it cannot be placed in one.
create temp macro chosen_answer(p_first, p_upper, p_units, p_field) as table
select *
from survey_answer
where coalesce(answered_at, timestamp '0001-01-01') >= p_first
    and coalesce(answered_at, timestamp '0001-01-01') < p_upper
    and (p_units is null or list_contains(p_units::text[], unit_id))
    and (p_field is null or field_name = p_field)
