-- One row per dossier of the period, with a column for every signal: true, false, or null where the
-- dossier has not what the signal looks at (no signature, no step, no supplement), so that the share of a
-- signal has a denominator of its own. Judged at the end of the period.
create temp macro signal_state(
    p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system
) as table
with chosen as (
    select
        system, dossier_code, unit_id, officer_name,
        phase, end_state, open_state, judged_at, closed_at, status,
        received_at, due_at, coalesce(first_due_at, due_at) as first_promise_at,
        finished_at, handed_over_at, result_signed_at, result_no, tells_result_no, ended_at,
        supplement_requested_at, supplement_completed_at, on_time_rule
    from chosen_state(p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system)
    where phase not in ('not_accepted', 'status_unknown')
),
step as (
    select
        dossier_step.system,
        dossier_step.dossier_code,
        max(coalesce(dossier_step.finished_at, dossier_step.started_at)) as last_step_at,
        bool_or(
            dossier_step.started_at is null or dossier_step.finished_at is null
            or dossier_step.step_name is null
        ) as lacks_something
    from dossier_step
    semi join chosen using (system, dossier_code)
    group by dossier_step.system, dossier_step.dossier_code
),
news as (
    select
        change.system,
        change.dossier_code,
        bool_or(
            column_name = 'status' and old_value in ('finished', 'handed_over')
            and new_value in ('in_progress', 'awaiting_supplement', 'awaiting_payment')
        ) as was_reopened,
        bool_or(
            column_name = 'supplement_requested_at' and old_value is not null and new_value is not null
        ) as asked_again,
        max(batch.data_at) as last_news_at
    from dossier_change as change
    semi join chosen using (system, dossier_code)
    left join batch on batch.batch_no = change.batch_no
    group by change.system, change.dossier_code
),
bulk as (
    select distinct system, dossier_code from flag where rule = 'bulk_finish'
),
day_no as (
    select day, working_no from calendar_day
)
select
    chosen.system,
    chosen.dossier_code,
    chosen.unit_id,
    end_state is not distinct from 'late' as is_late,
    coalesce(end_state in ('early', 'on_time'), false) as is_in_time,
    case when phase = 'resolved' and result_signed_at is not null and finished_at is not null
        then date_diff('day', result_signed_at::date, finished_at::date) end as click_lag_days,

    case when end_state = 'late' and (result_signed_at is not null or handed_over_at is not null)
        then least(result_signed_at, handed_over_at)::date <= due_at::date end as late_by_click,
    case when phase = 'resolved' and (step.last_step_at is not null or result_signed_at is not null)
        then coalesce(step.last_step_at::date > closed_at::date, false)
            or coalesce(result_signed_at::date > closed_at::date, false)
        end as closed_before_done,
    case when phase = 'resolved' and tells_result_no then result_no is null end as closed_without_number,
    case when phase in ('resolved', 'open') then coalesce(news.was_reopened, false) end as reopened,
    case when phase = 'resolved' and finished_at is not null and officer_name is not null
        then bulk.dossier_code is not null end as clicked_in_bulk,
    case when phase = 'resolved' and finished_at is not null
            and extract(hour from due_at) between threshold_of('crowded_hours_from')
                and threshold_of('crowded_hours_to')
        then finished_at <= due_at
            and date_diff('minute', finished_at, due_at) < threshold_of('crowded_minutes')
        end as crowded_before_due,
    case when supplement_requested_at is not null and first_promise_at is not null
        then promised_no.working_no - asked_no.working_no
                between 0 and threshold_of('stopped_before_days')
            and promised_no.working_no - received_no.working_no > threshold_of('stopped_before_days')
        end as stopped_before_due,
    case when supplement_requested_at is not null then coalesce(news.asked_again, false) end
        as second_supplement,
    case when supplement_requested_at is not null
        then asked_no.working_no - received_no.working_no > threshold_of('supplement_within_days')
        end as supplement_asked_late,
    case when open_state = 'waiting' and supplement_requested_at is not null
            and supplement_completed_at is null
        then date_diff('day', supplement_requested_at, judged_at) > threshold_of('supplement_open_days')
        end as supplement_open_long,
    case when phase = 'refused' and due_at is not null then closed_at::date > due_at::date end
        as refused_after_due,
    case when phase = 'open'
        then date_diff(
            'day',
            greatest(received_at, step.last_step_at, news.last_news_at, supplement_requested_at),
            judged_at
        ) > threshold_of('silent_days') end as silent,
    case when phase = 'resolved' and status = 'finished' and handed_over_at is null
        then date_diff('day', closed_at, judged_at) > threshold_of('uncollected_days') end
        as not_collected,
    case when phase = 'resolved' and step.last_step_at is not null then step.lacks_something end
        as incomplete_slip
from chosen
left join step on step.system = chosen.system and step.dossier_code = chosen.dossier_code
left join news on news.system = chosen.system and news.dossier_code = chosen.dossier_code
left join bulk on bulk.system = chosen.system and bulk.dossier_code = chosen.dossier_code
left join day_no as received_no on received_no.day = received_at::date
left join day_no as asked_no on asked_no.day = supplement_requested_at::date
left join day_no as promised_no on promised_no.day = first_promise_at::date
