-- staying_out: one row per row that stays out, with the first rule that says so and where the row stands.
create or replace temp table staying_out as
select distinct on (staged.rid)
    staged.sheet_no,
    staged.rid & ((1::bigint << 40) - 1) as row_no,
    staged.line,
    finding.rule,
    finding.column_name,
    finding.detail as value
from finding
join staged using (rid)
where finding.rule = 'duplicate_code' or (
    exists (select 1 from rejected_row where rejected_row.rid = finding.rid)
    and finding.rule in (select unnest($rejecting::text[]))
)
order by staged.rid, finding.rule = 'duplicate_code', array_position($rejecting::text[], finding.rule);
