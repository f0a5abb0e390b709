-- The latest step, not after landing.
select max(coalesce(event_finished_at, event_started_at)) filter (coalesce(event_finished_at, event_started_at) <= $landed_at) from staged;
