-- One row per unit with a broken or moved promise in the period: how many, and how many pass each step
-- that the law asks for, every step among those that passed the one before. pending_n are among the
-- kept ones: their new promise has not run out. Rows without a unit make the sum complete.
select
    course.unit_id,
    coalesce(any_value(unit_label.unit_name), course.unit_id) as unit_name,
    count(*) as promise_broken,
    count(*) filter (where is_late_now) as late_now,
    count(*) filter (where is_late_now and letter_n > 0) as late_now_with_letter,
    count(*) filter (where is_late_now and is_in_time) as late_now_in_time,
    count(*) filter (where lost_at is distinct from 'apology_missing') as with_letter,
    count(*) filter (
        where lost_at is null or lost_at not in ('apology_missing', 'apology_without_reason')
    ) as with_reason,
    count(*) filter (
        where lost_at is null or lost_at in ('apology_late', 'new_promise_broken', 'apologised_again')
    ) as with_new_due,
    count(*) filter (where lost_at is null or lost_at in ('new_promise_broken', 'apologised_again'))
        as in_time,
    count(*) filter (where lost_at is null or lost_at = 'apologised_again') as kept,
    count(*) filter (where lost_at is null) as said_once,
    count(*) filter (where (lost_at is null or lost_at = 'apologised_again') and is_pending)
        as pending_n,
    count(*) filter (where is_moved and letter_n = 0) as moved_without_letter,
    count(*) filter (where is_late_now and letter_n > 0) as apology_rate_numerator,
    count(*) filter (where is_late_now) as apology_rate_denominator,
    (count(*) filter (where is_late_now and letter_n > 0)
        / nullif(count(*) filter (where is_late_now), 0))::double as apology_rate
from apology_course($first, $upper, $as_of, $units, $field, $procedure, $channel, $system) as course
left join unit_label on unit_label.unit_id = course.unit_id
group by course.unit_id
order by promise_broken desc, course.unit_id
