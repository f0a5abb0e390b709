-- One row per dossier of the period whose promise was broken or moved: late or overdue now, late
-- against the first promise, or promised anew without a supplement that starts the clock again. What
-- became of its letter, judged at the end of the period; lost_at is the first step that it did not
-- pass, null where all were. A new promise that has not run out yet is not lost.
create temp macro apology_course(
    p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system
) as table
with broken as (
    select
        system, dossier_code, unit_id, field_name,
        phase, closed_at, judged_at, due_moves,
        coalesce(first_due_at, due_at) as first_promise_at,
        end_state is not distinct from 'late' or open_state is not distinct from 'overdue'
            as is_late_now,
        -- a supplement starts the time again: the first promise no longer binds
        supplement_requested_at is null
            and (is_late_against_first_promise
                or (phase = 'open' and open_state <> 'waiting'
                    and coalesce(first_due_at, due_at)::date < judged_at::date)) as is_late_at_first,
        due_moves > 0 and supplement_requested_at is null as is_moved
    from chosen_state(p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system)
    where phase in ('resolved', 'open')
),
letter as (
    select
        system,
        dossier_code,
        count(*) as letter_n,
        min(issued_at) as issued_at,
        arg_max(reason, ordinal) as reason,
        arg_max(new_due_at, ordinal) as new_due_at
    from apology
    where issued_at is null or issued_at < least(p_upper::timestamp, p_as_of::timestamp + interval 1 microsecond)
    group by system, dossier_code
),
judged as (
    select
        broken.*,
        coalesce(letter.letter_n, 0) as letter_n,
        letter.issued_at,
        letter.reason,
        letter.new_due_at,
        -- where only a verdict of lateness is known, no day tells when the letter was due
        coalesce(
            letter.issued_at::date <= first_promise_at::date - coalesce(rule.days_before, 1),
            letter.letter_n > 0 and first_promise_at is null,
            false
        ) as is_in_time,
        case when phase = 'resolved' then closed_at::date <= letter.new_due_at::date
            else judged_at::date <= letter.new_due_at::date end as is_kept,
        phase = 'open' as is_pending,
        coalesce(rule.most_moves, 1) as most_moves
    from broken
    left join letter
        on letter.system = broken.system and letter.dossier_code = broken.dossier_code
    asof left join apology_rule as rule on broken.first_promise_at::date >= rule.valid_from
    where is_late_now or is_late_at_first or is_moved
)
select
    *,
    case
        when letter_n = 0 then 'apology_missing'
        when reason is null then 'apology_without_reason'
        when new_due_at is null then 'apology_without_new_due'
        when not is_in_time then 'apology_late'
        when is_kept is not true then 'new_promise_broken'
        when letter_n > most_moves then 'apologised_again'
    end as lost_at
from judged
