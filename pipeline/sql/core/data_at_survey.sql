-- The latest answer, not after landing.
select max(answered_at) filter (answered_at <= $landed_at) from staged;
