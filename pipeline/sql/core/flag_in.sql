-- One row per finding on an accepted dossier of this batch.
insert into wh.flag
select distinct $batch_no::integer, dossier.system, dossier.dossier_code, dossier.unit_id, finding.rule, finding.column_name, clean(finding.detail)
from finding
join staged using (rid)
join wh.dossier as dossier
    on dossier.batch_no = $batch_no and dossier.system = $system and dossier.dossier_code = staged.dossier_code
where dossier.dossier_code not in (select dossier_code from known where is_newer)
    and not exists (select 1 from rejected_row where rejected_row.rid = finding.rid)
    and finding.rule <> 'duplicate_code'
    and ($folds or exists (select 1 from accepted where accepted.rid = finding.rid));
