-- Older lines on the dossiers whose steps this batch tells anew; those of a later day's list stay.
delete from wh.dossier_step as old
using wh.batch as teller, (
    select distinct dossier_code from staged
    anti join rejected_row using (rid)
) as told
where old.dossier_code = told.dossier_code
    and old.batch_no = teller.batch_no
    and coalesce(teller.listed_on <= $listed_on::date, true)
    and case when $kind = 'step' then may_mean_one(old.system, teller.links_to, $links_to::text[])
        else old.system = $system end;
