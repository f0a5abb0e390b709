-- One row per rule: rows it found something in.
select rule, count(distinct rid) from finding group by rule order by rule;
