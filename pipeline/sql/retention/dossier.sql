-- One row per landed row of the staged batch whose person is to be forgotten: its dossier ended before
-- $until; or no dossier came of it (rejected), and it was landed before $until. A dossier that no batch has
-- ended is remembered, however old. $age is what an entry without a moment of its own is judged by.
create or replace temp table expired as
select staged.sheet_no, staged.rid & ((1::bigint << 40) - 1) as row_no
from staged
left join wh.dossier as dossier
    on dossier.system = $system::text and dossier.dossier_code = staged.dossier_code
where case
    when dossier.dossier_code is null then $age::timestamp < $until::timestamp
    else dossier.closed_at < $until::timestamp
end;
