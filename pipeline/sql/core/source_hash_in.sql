-- One fact per batch: the description it was read with.
insert into wh.meta values (?, ?);
