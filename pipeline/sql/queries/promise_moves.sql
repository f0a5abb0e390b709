-- One row per number of times a promise was moved: dossiers resolved with a promise in the period,
-- judged against the promise as it is now and against the first one.
select
    least(due_moves, 3) as move_n,
    count(*) as resolved_n,
    count(*) filter (where end_state = 'late') as late,
    count(*) filter (where is_late_against_first_promise) as late_against_first_promise,
    count(*) filter (where is_late_against_first_promise and end_state <> 'late') as late_only_at_first
from chosen_state($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
where phase = 'resolved' and end_state in ('early', 'on_time', 'late')
group by least(due_moves, 3)
order by move_n
