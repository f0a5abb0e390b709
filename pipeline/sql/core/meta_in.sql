-- One row per fact about the snapshot.
insert into meta values (?, ?);
