-- One row per rule of apologies on the viewer's cursor: what the law asked from a day on.
create or replace temp table apology_rule as
select
    unnest($valid_from::date[]) as valid_from,
    unnest($days_before::integer[]) as days_before,
    unnest($most_moves::integer[]) as most_moves
