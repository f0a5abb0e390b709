-- One row per landed batch, the newest first: read = accepted + rejected + duplicate, or the difference.
select
    batch_no,
    batch_id,
    source,
    kind,
    system,
    landed_at,
    data_at,
    is_invented,
    read_n as read,
    accepted_n as accepted,
    rejected_n as rejected,
    duplicate_n as duplicate,
    left_out_n as left_out,
    read_n - accepted_n - rejected_n - duplicate_n as difference
from batch
order by batch_no desc
limit coalesce($limit::bigint, 9223372036854775807)
