-- One row per step of a dossier in its order; a step with no end yet is where the dossier lies.
select
    step.* exclude (batch_no),
    coalesce(unit_label.unit_name, step.unit_id) as unit_name,
    case
        when finished_at is null or due_at is null then null
        when finished_at::date < due_at::date then 'early'
        when finished_at::date = due_at::date then 'on_time'
        else 'late'
    end as timing
from dossier_step step
left join unit_label on unit_label.unit_id = step.unit_id
where dossier_code = $dossier
    and ($system is null or system = $system)
    and (started_at is null or started_at < $upper)
order by system, step_no
