-- One row: the first moment for which open_dossier is complete, the start of the day that the newest
-- dossiers speak of. Figures of an earlier moment are taken from the dossiers themselves. former_from: the same of
-- the snapshot before, or of this one where there was none.
create or replace table horizon as
with newest as (
    select date_trunc(
        'day',
        coalesce(
            (select max(data_at) from batch where kind = 'dossier'),
            (select max(received_at) from dossier),
            timestamp '0001-01-01'
        )
    ) as open_from
)
select open_from, coalesce((select open_from from horizon), open_from) as former_from
from newest
