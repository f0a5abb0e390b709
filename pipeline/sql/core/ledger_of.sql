-- One row: the ledger's counts of a batch, with its rejects and flags by rule.
select
    batch_no, source, kind, read_n, accepted_n, rejected_n, duplicate_n, left_out_n,
    (select map_from_entries(list((rule, n))) from (
        select rule, count(*) as n from reject where reject.batch_no = batch.batch_no and rule <> 'duplicate_code' group by rule)),
    (select map_from_entries(list((rule, n))) from (
        select rule, count(*) as n from flag where flag.batch_no = batch.batch_no group by rule))
from batch where batch_id = $batch_id;
