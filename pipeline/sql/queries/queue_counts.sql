-- One row per bucket of the queue, empty ones too: overdue, today, each working day up to $horizon,
-- later, waiting for the applicant, without a promise. last_day: the last day of a dossier due then.
-- ended_unit_n: how many stand in the name of a unit that has ended. The search ignores accents and case.
with today as (
    select working_no
    from calendar_day
    where day = ($upper::timestamp - interval 1 microsecond)::date
),
bucket as (
    select 'overdue' as bucket, -1 as bucket_no, null::date as last_day
    union all
    select
        case when n = 0 then 'today' else n::text end,
        n::integer,
        case
            when n = 0 then ($upper::timestamp - interval 1 microsecond)::date
            else (
                select min(day) from calendar_day, today
                where is_working and calendar_day.working_no = today.working_no + n
            )
        end
    from range($horizon::bigint + 1) days(n)
    union all
    select bucket, bucket_no, null
    from (values ('later', 100000), ('waiting', 100001), ('no_due', 100002)) others(bucket, bucket_no)
),
queued as (
    select bucket, count(*) as n, count(ended.unit_id) as ended_unit_n
    from chosen_queue($upper, $horizon, $units, $field, $procedure, $channel, $system) open_one
    left join ended_unit($upper) ended on ended.unit_id = open_one.unit_id
    where ($officer is null or officer_name = $officer)
        and mentions(
            $search, dossier_code, applicant_name, applicant_phone, procedure_name, officer_name
        )
    group by bucket
)
select
    bucket.bucket,
    bucket.bucket_no,
    bucket.last_day,
    coalesce(queued.n, 0) as n,
    coalesce(queued.ended_unit_n, 0) as ended_unit_n
from bucket
left join queued on queued.bucket = bucket.bucket
order by bucket.bucket_no
