-- One row per device and burst: answers to the overall question that came from one device within
-- $burst_minutes minutes of each other, $burst_n or more. Somebody may have pressed for others, or a
-- queue left at once.
with answer as (
    select device, unit_id, answered_at, level
    from survey_answer
    where is_overall and device is not null and answered_at is not null
        and answered_at >= $first and answered_at < $upper
        and ($units is null or list_contains($units::text[], unit_id))
),
stepped as (
    select
        *,
        coalesce(
            date_diff('minute', lag(answered_at) over by_device, answered_at) > $burst_minutes, true
        ) as begins
    from answer
    window by_device as (partition by device order by answered_at)
),
numbered as (
    select *, sum(begins::integer) over (partition by device order by answered_at
        rows unbounded preceding) as burst_no
    from stepped
)
select
    device,
    any_value(numbered.unit_id) as unit_id,
    coalesce(any_value(unit_label.unit_name), any_value(numbered.unit_id)) as unit_name,
    min(answered_at) as first_at,
    max(answered_at) as last_at,
    count(*) as answer_n,
    count(*) filter (where level in ('very_satisfied', 'satisfied')) as satisfied_n
from numbered
left join unit_label on unit_label.unit_id = numbered.unit_id
group by device, burst_no
having count(*) >= $burst_n
order by answer_n desc, first_at
