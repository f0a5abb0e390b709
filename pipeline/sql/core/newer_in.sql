-- Dossiers of this batch of which a list of a later day has spoken already, as when an archive is brought
-- in after the newest list: they stay as they are known. What the older list adds is that it spoke of them,
-- and an earlier promise.
insert into wh.dossier by name
select known.* exclude (place, is_newer) replace (
    $batch_no::integer as batch_no,
    list_append(
        known.seen,
        {
            'batch_no': $batch_no::integer,
            'sheet_no': accepted.sheet_no::integer,
            'line': accepted.line::bigint
        }
    ) as seen,
    coalesce(accepted.first_due_at, accepted.due_at, known.first_due_at) as first_due_at,
    known.due_moves + coalesce(
        (coalesce(accepted.first_due_at, accepted.due_at) <> known.first_due_at)::integer, 0
    ) as due_moves
)
from known
join accepted on accepted.dossier_code = known.dossier_code
where known.is_newer;
