-- One row per key of p_by (all, unit, field, channel, procedure): every count of the cursor's period,
-- so that it costs what is shown and not what is stored. counted_directly is the same from the dossiers.
-- 'all' is one row even where there is nothing to count.
create temp macro counted(
    p_by, p_horizon, p_units, p_field, p_procedure, p_channel, p_system
) as table
with chosen as (
    select
        case p_by
            when 'unit' then unit_id
            when 'field' then field_name
            when 'channel' then channel
            when 'procedure' then procedure_key
        end as key,
        *
    from chosen_cell(p_units, p_field, p_procedure, p_channel, p_system)
),
key_sum as (
    select
        key,
        sum(received) as received,
        sum(received_in_period) as received_in_period,
        sum(carried_over) as carried_over,
        sum(not_accepted) as not_accepted,
        sum(status_unknown) as status_unknown,

        sum(received) filter (where channel = 'online_full') as online_full,
        sum(received) filter (where channel = 'online_partial') as online_partial,
        sum(received) filter (where channel = 'online') as online_level_unknown,
        sum(received) filter (where channel = 'counter') as counter,
        sum(received) filter (where channel = 'post') as post,
        sum(received_in_period) filter (
            where channel in ('online_full', 'online_partial', 'online')
        ) as online_in_period,

        sum(early) as early,
        sum(on_time) as on_time,
        sum(late) as late,
        sum(resolved_no_due) as resolved_no_due,
        sum(open) as open,
        sum(open_overdue) as open_overdue,
        sum(open_no_due) as open_no_due,
        sum(open_waiting) as open_waiting,
        sum(refused) as refused,
        sum(withdrawn) as withdrawn,
        sum(stopped) as stopped,
        sum(late_against_first_promise) as late_against_first_promise,
        sum(promise_moved) as promise_moved
    from chosen
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
complete as (
    select * from key_sum
    union all by name
    select null::text as key, 0 as received
    where p_by = 'all' and not exists (select 1 from key_sum)
),
numbers as (
    select
        key,
        coalesce(columns(* exclude (key)), 0)::bigint
    from complete
)
select
    numbers.key,
    received,
    received_in_period,
    carried_over,
    not_accepted,
    status_unknown,

    online_full + online_partial + online_level_unknown as online,
    online_full,
    online_partial,
    online_level_unknown,
    counter,
    post,
    received - online_full - online_partial - online_level_unknown - counter - post
        as channel_unknown,
    online_in_period,

    early + on_time + late + resolved_no_due as resolved,
    early,
    on_time,
    late,
    resolved_no_due,

    open,
    open - open_overdue - open_no_due - open_waiting as open_in_time,
    open_overdue,
    open_no_due,
    open_waiting,
    coalesce(soon.due_soon, 0) as due_soon,

    refused + withdrawn + stopped as ended_otherwise,
    refused,
    withdrawn,
    stopped,

    late_against_first_promise,
    promise_moved
from numbers
left join soon on soon.key is not distinct from numbers.key
