-- One row per unit that was found in an export and is on no list.
insert into wh.unit values (?, ?, ?, null, null, null, null, false);
