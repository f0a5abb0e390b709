-- One row per landed row of the staged batch (a step, a letter) that speaks of dossiers ended before $until
-- and of no other one; or of no known dossier, and landed before $until. Steps and letters name a code alone.
create or replace temp table expired as
with ended as (
    select dossier_code, max(coalesce(closed_at, timestamp '9999-01-01')) as ended_at
    from wh.dossier
    group by dossier_code
)
select staged.sheet_no, staged.rid & ((1::bigint << 40) - 1) as row_no
from staged
left join ended using (dossier_code)
where coalesce(ended.ended_at, $age::timestamp) < $until::timestamp;
