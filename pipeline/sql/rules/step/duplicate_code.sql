-- The very same step of the same dossier stands twice; the last line is kept.
insert into finding
select 'duplicate_code', rid, 'dossier_code', dossier_code
from (
    select rid, dossier_code, max(rid) over (
        partition by dossier_code, step_no, event_name, event_started_at, event_finished_at
    ) as kept_rid
    from staged anti join rejected_row using (rid)
)
where rid < kept_rid;
