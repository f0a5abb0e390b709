-- One row per step name and kind: dossiers late or overdue in the period whose promised day ran out while
-- they lay at that step. A dossier that became late between two steps counts with the later one; one
-- whose slip does not cover the day is counted as not known (step_name null).
with late as (
    select count(*) as all_late_n
    from chosen_state($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
    where (end_state = 'late' or open_state = 'overdue') and due_at is not null
),
turned as (
    select step_name
    from turning_step($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
),
said as (
    select distinct step_name from turned where step_name is not null
),
named as (
    select said.step_name, arg_min(step_phrase.kind, step_phrase.no) as kind
    from said
    join step_phrase on contains(folded(said.step_name), step_phrase.phrase)
    group by said.step_name
)
select
    turned.step_name,
    coalesce(named.kind, 'own') as kind,
    count(*) as late_n,
    (select count(*) from turned) as with_slip_n,
    (select all_late_n from late) as all_late_n
from turned
left join named on named.step_name = turned.step_name
group by turned.step_name, named.kind
order by late_n desc, turned.step_name
