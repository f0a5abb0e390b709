-- Such a unit is its own ancestor and nobody else's.
insert into wh.unit_tree select unit_id, unit_id from unit_found;
