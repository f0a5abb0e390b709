-- Units that this list tells anew.
delete from wh.unit as old using staged
where old.unit_id = coalesce(staged.unit_code, replace(strip_accents(lower(staged.unit_name)), ' ', '-'));
