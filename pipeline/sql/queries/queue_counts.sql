-- One row per bucket of the queue, empty ones too: overdue, today, each working day up to $horizon,
-- later, waiting for the applicant, without a promise.
with bucket as (
    select 'overdue' as bucket, -1 as bucket_no
    union all
    select case when n = 0 then 'today' else n::text end, n::integer from range($horizon::bigint + 1) days(n)
    union all
    select * from (values ('later', 100000), ('waiting', 100001), ('no_due', 100002))
),
queued as (
    select bucket, count(*) as n
    from chosen_queue($upper, $horizon, $units, $field, $procedure, $channel, $system)
    where $officer is null or officer_name = $officer
    group by bucket
)
select bucket.bucket, bucket.bucket_no, coalesce(queued.n, 0) as n
from bucket
left join queued on queued.bucket = bucket.bucket
order by bucket.bucket_no
