-- One row per field, unit and procedure with late or overdue dossiers: where lateness comes from.
-- share_of_all: of all late or overdue dossiers of the choice. Only cells of at least $small_sample_n
-- dossiers are ranked: a rate of three dossiers names nobody.
with cell as (
    select * from lateness($units, $field, $procedure, $channel, $system)
),
late_cell as (
    select
        *,
        received < $small_sample_n as is_small_sample,
        sum(late_or_overdue) over () as all_late
    from cell
    where late_or_overdue > 0
)
select
    case
        when not is_small_sample
            then rank() over (partition by is_small_sample order by late_or_overdue desc)
    end as rank,
    late_cell.field_name,
    late_cell.unit_id,
    coalesce(unit_label.unit_name, late_cell.unit_id) as unit_name,
    late_cell.procedure_key,
    procedure_label.procedure_name,
    received,
    late,
    open_overdue,
    late_or_overdue,
    late_or_overdue / nullif(received, 0) as late_share,
    all_late::bigint as all_late,
    (late_or_overdue / all_late)::double as share_of_all,
    is_small_sample
from late_cell
left join unit_label on unit_label.unit_id = late_cell.unit_id
left join procedure_label on procedure_label.procedure_key = late_cell.procedure_key
order by late_or_overdue desc, late_share desc, field_name, late_cell.unit_id, late_cell.procedure_key
limit coalesce($limit::bigint, 9223372036854775807)
