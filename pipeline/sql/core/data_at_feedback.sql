-- The latest petition, not after landing.
select max(received_at) filter (received_at <= $landed_at) from staged;
