-- One row per fact about the snapshot.
select key, value from meta;
