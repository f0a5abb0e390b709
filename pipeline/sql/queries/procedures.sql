-- One row per procedure that the viewer's dossiers speak of, the most received first; procedure_key is
-- what the filter takes.
with received as (
    select procedure_key, sum(received_n)::bigint as received
    from flow_year
    join cell on cell.cell_id = flow_year.cell_id
    where procedure_key is not null
        and ($units is null or list_contains($units::text[], unit_id))
        and ($field is null or field_name = $field)
    group by procedure_key
)
select
    received.procedure_key,
    procedure_label.procedure_code,
    procedure_label.procedure_name,
    procedure_label.field_name,
    procedure_label.online_level,
    received.received
from received
left join procedure_label on procedure_label.procedure_key = received.procedure_key
order by received.received desc, received.procedure_key
