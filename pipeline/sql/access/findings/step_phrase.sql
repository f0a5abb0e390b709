-- One row per phrase that tells whose time a step takes, in the order in which they are looked for.
create or replace temp table step_phrase as
select unnest($kind::text[]) as kind, unnest($phrase::text[]) as phrase, unnest(range(len($phrase))) as no
