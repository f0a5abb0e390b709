-- One row per combination of unit, receiving unit, field, procedure, channel and system that dossiers
-- have: the smallest group that a screen can ask about. Flows refer to it by number, which keeps them
-- narrow and lets a viewer's scope and filters be applied to some thousand rows. line_id numbers the
-- combinations without the procedure.
create or replace table cell as
with spoken as (
    select distinct
        system, unit_id, receiving_unit_id, field_name,
        coalesce(procedure_code, procedure_name) as procedure_key,
        channel
    from dossier
)
select
    row_number() over (
        order by unit_id, field_name, procedure_key, channel, receiving_unit_id, system
    )::integer as cell_id,
    dense_rank() over (
        order by unit_id, receiving_unit_id, field_name, channel, system
    )::integer as line_id,
    *
from spoken
