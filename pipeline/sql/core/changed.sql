-- changed: what this ingest takes away (sign -1) and what it adds (sign 1), one row per dossier and sign. A
-- count of the snapshot before, plus the signs of what is counted, is the count of this one; where nothing
-- was before, everything is fresh and the count is made from all rows.
create or replace temp view changed as
select -1 as sign, * from gone
union all by name
select 1 as sign, * from fresh;
