-- One row per table of the batch: rows read.
select sheet_no, count(*) from staged group by sheet_no;
