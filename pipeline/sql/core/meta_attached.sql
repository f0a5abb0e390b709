-- One row per fact about the attached snapshot.
select key, value from wh.meta;
