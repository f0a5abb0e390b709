-- One row per unit that was found in an export and is on no list.
insert into wh.unit
select unit_id, unit_code, unit_name, null, null, null, null, false from unit_found;
