-- One row per key of p_by (all, unit, field, channel, procedure): every count of the period, from the
-- monthly flows, so that it costs what is shown and not what is stored. counted_directly is the same
-- from the dossiers. A neutral row keeps 'all' from being empty where there is nothing to count.
create temp macro counted(
    p_by, p_first, p_upper, p_horizon, p_units, p_field, p_procedure, p_channel, p_system
) as table
with flow as (
    select
        case p_by
            when 'unit' then unit_id
            when 'field' then field_name
            when 'channel' then channel
            when 'procedure' then procedure_key
        end as key,
        case when is_before then open_delta else received_n end as handled_n,
        *
    from chosen_flow(p_first, p_upper, p_units, p_field, p_procedure, p_channel, p_system)
),
flow_sum as (
    select
        key,
        sum(handled_n) as received,
        sum(received_n) filter (where not is_before) as received_in_period,
        sum(open_delta) filter (where is_before) as carried_over,
        sum(not_accepted_n) filter (where not is_before) as not_accepted,
        sum(unknown_n) filter (where not is_before) as status_unknown,

        sum(handled_n) filter (where channel in ('online_full', 'online_partial', 'online')) as online,
        sum(handled_n) filter (where channel = 'online_full') as online_full,
        sum(handled_n) filter (where channel = 'online_partial') as online_partial,
        sum(handled_n) filter (where channel = 'online') as online_level_unknown,
        sum(handled_n) filter (where channel = 'counter') as counter,
        sum(handled_n) filter (where channel = 'post') as post,
        sum(handled_n) filter (
            where channel not in ('online_full', 'online_partial', 'online', 'counter', 'post')
        ) as channel_unknown,
        sum(received_n) filter (
            where not is_before and channel in ('online_full', 'online_partial', 'online')
        ) as online_in_period,

        sum(early_n) filter (where not is_before) as early,
        sum(on_time_n) filter (where not is_before) as on_time,
        sum(late_n) filter (where not is_before) as late,
        sum(resolved_no_due_n) filter (where not is_before) as resolved_no_due,
        sum(open_delta) as open,
        sum(overdue_delta) as open_overdue,
        sum(no_due_delta) as open_no_due,
        sum(waiting_delta) as open_waiting,
        sum(refused_n) filter (where not is_before) as refused,
        sum(withdrawn_n) filter (where not is_before) as withdrawn,
        sum(stopped_n) filter (where not is_before) as stopped,
        sum(late_against_first_promise_n) filter (where not is_before) as late_against_first_promise,
        sum(case when is_before then moved_n - moved_left_n else moved_n end) as promise_moved
    from flow
    group by key
),
soon as (
    select
        case p_by
            when 'unit' then unit_id
            when 'field' then field_name
            when 'channel' then channel
            when 'procedure' then procedure_key
        end as key,
        sum(due_n)::bigint as due_soon
    from chosen_soon(p_horizon, p_units, p_field, p_procedure, p_channel, p_system)
    group by key
),
neutral as (
    select null::text as key, 0 as received
),
complete as (
    select * from flow_sum
    union all by name
    select * from neutral where p_by = 'all' and not exists (select 1 from flow_sum)
)
select
    complete.key,
    coalesce(received, 0)::bigint as received,
    coalesce(received_in_period, 0)::bigint as received_in_period,
    coalesce(carried_over, 0)::bigint as carried_over,
    coalesce(not_accepted, 0)::bigint as not_accepted,
    coalesce(status_unknown, 0)::bigint as status_unknown,

    coalesce(online, 0)::bigint as online,
    coalesce(online_full, 0)::bigint as online_full,
    coalesce(online_partial, 0)::bigint as online_partial,
    coalesce(online_level_unknown, 0)::bigint as online_level_unknown,
    coalesce(counter, 0)::bigint as counter,
    coalesce(post, 0)::bigint as post,
    coalesce(channel_unknown, 0)::bigint as channel_unknown,
    coalesce(online_in_period, 0)::bigint as online_in_period,

    (coalesce(early, 0) + coalesce(on_time, 0) + coalesce(late, 0) + coalesce(resolved_no_due, 0))
        ::bigint as resolved,
    coalesce(early, 0)::bigint as early,
    coalesce(on_time, 0)::bigint as on_time,
    coalesce(late, 0)::bigint as late,
    coalesce(resolved_no_due, 0)::bigint as resolved_no_due,

    coalesce(open, 0)::bigint as open,
    coalesce(open - open_overdue - open_no_due - open_waiting, 0)::bigint as open_in_time,
    coalesce(open_overdue, 0)::bigint as open_overdue,
    coalesce(open_no_due, 0)::bigint as open_no_due,
    coalesce(open_waiting, 0)::bigint as open_waiting,
    coalesce(soon.due_soon, 0) as due_soon,

    (coalesce(refused, 0) + coalesce(withdrawn, 0) + coalesce(stopped, 0))::bigint as ended_otherwise,
    coalesce(refused, 0)::bigint as refused,
    coalesce(withdrawn, 0)::bigint as withdrawn,
    coalesce(stopped, 0)::bigint as stopped,

    coalesce(late_against_first_promise, 0)::bigint as late_against_first_promise,
    coalesce(promise_moved, 0)::bigint as promise_moved
from complete
left join soon on soon.key is not distinct from complete.key
where p_by = 'all' or coalesce(received, 0) + coalesce(not_accepted, 0) > 0
