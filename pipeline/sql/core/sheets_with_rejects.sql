-- Tables of the batch of which some row stays out.
select distinct sheet_no from staying_out order by sheet_no;
