-- The latest moment the staged dossiers speak of, not after landing.
select max(moment) from (
    select max(received_at) filter (received_at <= $landed_at) as moment from staged
    union all
    select max(finished_at) filter (finished_at <= $landed_at) from staged
    union all
    select max(handed_over_at) filter (handed_over_at <= $landed_at) from staged
);
