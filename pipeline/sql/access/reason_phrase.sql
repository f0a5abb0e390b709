-- One row per phrase that tells a kind of reason, in the order in which they are looked for.
create or replace temp table reason_phrase as
select unnest($code::text[]) as code, unnest($phrase::text[]) as phrase, unnest(range(len($phrase))) as no
