-- Older lines on the dossiers whose steps this batch tells anew.
delete from wh.dossier_step as old
using (
    select distinct dossier_code from staged
    anti join rejected_row using (rid)
) as told
where old.dossier_code = told.dossier_code and (old.system = $system or $kind = 'step');
