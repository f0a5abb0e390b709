-- One row per unit of the snapshot, as far as finding it by name needs.
select unit_id, unit_code, unit_name, parent_id, valid_from, is_registered from wh.unit;
