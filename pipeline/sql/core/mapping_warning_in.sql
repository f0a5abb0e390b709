-- One row per header, alias or word that the mapping could not place.
insert into wh.mapping_warning values (?, ?, ?, ?, ?);
