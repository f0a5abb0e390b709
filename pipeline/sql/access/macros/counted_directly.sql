-- One row per key of p_by (all, unit, field, channel, procedure, officer): every count of the period,
-- from the dossiers themselves. What the monthly flows add up to must equal this. An officer is one of
-- his unit: two units may each have a Nguyễn Văn An.
create temp macro counted_directly(
    p_by, p_first, p_upper, p_as_of, p_horizon,
    p_units, p_field, p_procedure, p_channel, p_system
) as table
select
    case p_by
        when 'unit' then unit_id
        when 'field' then field_name
        when 'channel' then channel
        when 'procedure' then coalesce(procedure_code, procedure_name)
        when 'officer' then case when getvariable('sees_officer_figures')
            then officer_name || chr(31) || coalesce(unit_id, '') end
    end as key,

    count(*) filter (where phase <> 'not_accepted') as received,
    count(*) filter (where phase <> 'not_accepted' and is_new) as received_in_period,
    count(*) filter (where phase <> 'not_accepted' and is_carried) as carried_over,
    count(*) filter (where phase = 'not_accepted') as not_accepted,
    count(*) filter (where phase = 'status_unknown') as status_unknown,

    count(*) filter (
        where phase <> 'not_accepted' and channel in ('online_full', 'online_partial', 'online')
    ) as online,
    count(*) filter (where phase <> 'not_accepted' and channel = 'online_full') as online_full,
    count(*) filter (where phase <> 'not_accepted' and channel = 'online_partial') as online_partial,
    count(*) filter (where phase <> 'not_accepted' and channel = 'online') as online_level_unknown,
    count(*) filter (where phase <> 'not_accepted' and channel = 'counter') as counter,
    count(*) filter (where phase <> 'not_accepted' and channel = 'post') as post,
    count(*) filter (
        where phase <> 'not_accepted'
            and channel not in ('online_full', 'online_partial', 'online', 'counter', 'post')
    ) as channel_unknown,
    count(*) filter (
        where phase <> 'not_accepted' and is_new
            and channel in ('online_full', 'online_partial', 'online')
    ) as online_in_period,

    count(*) filter (where phase = 'resolved') as resolved,
    count(*) filter (where end_state = 'early') as early,
    count(*) filter (where end_state = 'on_time') as on_time,
    count(*) filter (where end_state = 'late') as late,
    count(*) filter (where end_state = 'no_due') as resolved_no_due,

    count(*) filter (where phase = 'open') as open,
    count(*) filter (where open_state = 'in_time') as open_in_time,
    count(*) filter (where open_state = 'overdue') as open_overdue,
    count(*) filter (where open_state = 'no_due') as open_no_due,
    count(*) filter (where open_state = 'waiting') as open_waiting,
    count(*) filter (
        where open_state = 'in_time' and due_at::date <= due_soon_until(
            least(p_upper::timestamp - interval 1 microsecond, p_as_of::timestamp), p_horizon
        )
    ) as due_soon,

    count(*) filter (where phase in ('refused', 'withdrawn', 'stopped')) as ended_otherwise,
    count(*) filter (where phase = 'refused') as refused,
    count(*) filter (where phase = 'withdrawn') as withdrawn,
    count(*) filter (where phase = 'stopped') as stopped,

    count(*) filter (where is_late_against_first_promise) as late_against_first_promise,
    count(*) filter (
        where phase not in ('not_accepted', 'status_unknown') and due_moves > 0
    ) as promise_moved
from chosen_state(p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system)
group by key
