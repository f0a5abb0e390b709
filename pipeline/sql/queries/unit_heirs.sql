-- One row per former unit whose dossiers have one heir at as_of: the unit that took its place, or the
-- one that took that unit's place. A unit that was split has no single heir and no row.
with recursive successor as (
    select old_unit_id as unit_id, any_value(new_unit_id) as heir_id
    from unit_successor
    where from_date <= $as_of::date
    group by old_unit_id
    having count(distinct new_unit_id) = 1
),
line(unit_id, heir_id, depth) as (
    select unit_id, heir_id, 1 from successor
    union all
    select line.unit_id, successor.heir_id, line.depth + 1
    from line
    join successor on successor.unit_id = line.heir_id
    where line.depth < 8
),
last_heir as (
    select unit_id, arg_max(heir_id, depth) as heir_id
    from line
    group by unit_id
),
known_unit as (
    select
        unit_id,
        arg_max(unit_level, coalesce(valid_from, date '0001-01-01')) as unit_level
    from unit
    group by unit_id
)
select
    last_heir.unit_id,
    last_heir.heir_id,
    coalesce(unit_label.unit_name, last_heir.heir_id) as heir_name,
    known_unit.unit_level as heir_level
from last_heir
left join unit_label on unit_label.unit_id = last_heir.heir_id
left join known_unit on known_unit.unit_id = last_heir.heir_id
where last_heir.unit_id <> last_heir.heir_id
order by last_heir.unit_id
