-- One row per threshold that signals go by, on the viewer's cursor.
create or replace temp table threshold as
select unnest($names::text[]) as name, unnest($values_of::integer[]) as value
