-- The latest letter, not after landing.
select max(issued_at) filter (issued_at <= $landed_at) from staged;
