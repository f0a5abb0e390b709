-- One row per landed row of the staged batch (a survey's response, a petition) that was answered before
-- $until; one without a moment is judged by when it was landed.
create or replace temp table expired as
select staged.sheet_no, staged.rid & ((1::bigint << 40) - 1) as row_no
from staged
where coalesce(staged.answered_at, $age::timestamp) < $until::timestamp;
