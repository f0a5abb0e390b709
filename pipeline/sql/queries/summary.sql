-- One row: every count and rate of the chosen dossiers in the period, as they stood at its end.
-- Counts come from one place (counted), rates from another (with_rates), so that all screens agree.
-- Survey answers know their unit and field but neither procedure, channel nor system: with such a
-- filter there is no satisfaction to speak of, and the share is null.
with counts as (
    select * exclude (key)
    from counted('all', $horizon, $units, $field, $procedure, $channel, $system)
),
answers as (
    select
        count(*) filter (where level in ('very_satisfied', 'satisfied')) as satisfied_rate_numerator,
        count(*) filter (where level not in ('dont_know', 'unknown')) as satisfied_rate_denominator
    from survey_answer
    where is_overall
        and coalesce(answered_at, timestamp '0001-01-01') >= $first
        and coalesce(answered_at, timestamp '0001-01-01') < $upper
        and ($units is null or list_contains($units::text[], unit_id))
        and ($field is null or field_name = $field)
        and $procedure is null and $channel is null and $system is null
)
select
    rated.*,
    late + open_overdue as late_or_overdue,
    answers.*,
    satisfied_rate_numerator / nullif(satisfied_rate_denominator, 0) as satisfied_rate
from with_rates('counts') rated, answers
