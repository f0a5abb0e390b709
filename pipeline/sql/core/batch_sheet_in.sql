-- One row per table of a batch, in the order of the table's columns.
insert into wh.batch_sheet values (?, ?, ?, ?, ?, ?, ?, ?, ?);
