-- One row per dossier with a step that a finding speaks of, kept on the viewer's cursor for the list that
-- is asked next. Steps may be asked of a period of their own: a step of this month may belong to a
-- dossier that ended before it, as the post's does.
create or replace temp table found_key as
select system, dossier_code
from found_by_step(
    $finding, coalesce($steps_first, $first), coalesce($steps_upper, $upper), $as_of,
    $desks, $field, $step, $at_desk, $at_officer, $from_desk
)
