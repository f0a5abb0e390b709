-- One row: the last day inside ($first, $upper) on which the chosen units became other ones, null where
-- they are the same throughout. A succession inside the choice keeps its sums comparable; one across
-- its edge does not, nor does a unit that begins or ends without a word of what it was or became.
-- is_known: whether the office's own list speaks of all of them and of when units began or became others.
with chosen as (
    select *
    from unit
    where $units is null or list_contains($units::text[], unit_id)
),
succession as (
    select
        from_date as day,
        old_unit_id in (select unit_id from chosen) as was_chosen,
        new_unit_id in (select unit_id from chosen) as is_chosen
    from unit_successor
),
alone as (
    select unnest([valid_from, valid_to + 1]) as day
    from chosen
    where not ($units is null and getvariable('sees_every_unit'))
        and unit_id not in (select old_unit_id from unit_successor)
        and unit_id not in (select new_unit_id from unit_successor)
),
change as (
    select day from succession where was_chosen <> is_chosen
    union all
    select day from alone
)
select
    max(day) as day,
    ($units is null and getvariable('sees_every_unit'))
        or (
            coalesce((select bool_and(is_registered) from chosen), false)
            and (
                exists (select 1 from unit_successor)
                or exists (select 1 from unit where valid_from is not null or valid_to is not null)
            )
        ) as is_known
from change
where day > $first::date and day < $upper
