-- One row per combination of unit, receiving unit, field, procedure, channel and system that dossiers
-- have: the smallest group that a screen can ask about. Flows refer to it by number, which keeps them
-- narrow and lets a viewer's scope and filters be applied to some thousand rows. line_id numbers the
-- combinations without the procedure. A combination keeps its numbers while dossiers have it.
create or replace table cell as
with counted as (
    select
        null as cell_id, null as line_id,
        system, unit_id, receiving_unit_id, field_name,
        coalesce(procedure_code, procedure_name) as procedure_key,
        channel,
        sum(sign) as dossier_n
    from changed
    group by all
    union all
    select * from cell
),
standing as (
    select
        max(cell_id) as cell_id,
        max(line_id) as line_id,
        system, unit_id, receiving_unit_id, field_name, procedure_key, channel,
        sum(dossier_n)::integer as dossier_n
    from counted
    group by system, unit_id, receiving_unit_id, field_name, procedure_key, channel
    having sum(dossier_n) > 0
),
placed as (
    select * replace (
        max(line_id) over (partition by unit_id, receiving_unit_id, field_name, channel, system) as line_id
    )
    from standing
),
last_number as (
    select coalesce(max(cell_id), 0) as cell_id, coalesce(max(line_id), 0) as line_id from cell
)
select * replace (
    coalesce(
        cell_id,
        (select cell_id from last_number) + row_number() over (
            partition by cell_id is null
            order by unit_id, field_name, procedure_key, channel, receiving_unit_id, system
        )
    )::integer as cell_id,
    coalesce(
        line_id,
        (select line_id from last_number) + dense_rank() over (
            partition by line_id is null
            order by unit_id, receiving_unit_id, field_name, channel, system
        )
    )::integer as line_id
)
from placed
order by cell_id
