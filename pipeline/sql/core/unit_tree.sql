-- One row per pair (ancestor, unit), each unit its own ancestor; a circle in the list ends where it closes.
create or replace table wh.unit_tree as
with recursive up(unit_id, ancestor_id, depth) as (
    select unit_id, unit_id, 0 from wh.unit
    union all
    select up.unit_id, unit.parent_id, up.depth + 1
    from up join wh.unit as unit on unit.unit_id = up.ancestor_id
    where unit.parent_id is not null and up.depth < 8
)
select distinct ancestor_id, unit_id from up;
