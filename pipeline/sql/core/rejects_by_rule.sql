-- One row per rejecting rule: rows that stay out by it; a row is counted once, under the first rule.
select rule, count(*) from staying_out where rule <> 'duplicate_code' group by rule order by rule;
