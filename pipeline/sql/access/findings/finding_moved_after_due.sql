-- One row per dossier whose promise was moved after the day it named had passed: the last batch before
-- the one that moved it was made later than that day and still had the old promise, or the letter that
-- moved it went out after it.
create temp macro finding_moved_after_due(
    p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system
) as table
with moved as (
    select system, dossier_code, coalesce(first_due_at, due_at) as first_promise_at, seen
    from chosen_state(p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system)
    where due_moves > 0 and phase in ('resolved', 'open')
),
seen_before as (
    select
        moved.system,
        moved.dossier_code,
        try_cast(change.old_value as timestamp) as old_due_at,
        list_max(list_transform(
            list_filter(moved.seen, lambda s: s.batch_no < change.batch_no),
            lambda s: s.batch_no
        )) as batch_no
    from moved
    join dossier_change as change
        on change.system = moved.system and change.dossier_code = moved.dossier_code
    where change.column_name = 'due_at' and change.old_value is not null
)
select seen_before.system, seen_before.dossier_code
from seen_before
join batch on batch.batch_no = seen_before.batch_no
where greatest(batch.data_at, batch.listed_on::timestamp)::date > old_due_at::date
union
select moved.system, moved.dossier_code
from moved
join apology as letter
    on letter.system = moved.system and letter.dossier_code = moved.dossier_code
where letter.new_due_at is not null and letter.issued_at::date > first_promise_at::date
