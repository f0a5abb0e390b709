-- One row per pair of a unit and what took its place; it takes over the day after the old one ends.
insert into wh.unit_successor
select distinct
    staged.unit_code,
    staged.successor_code,
    coalesce(staged.valid_to + 1, date '1900-01-01'),
    staged.successor_relation,
    staged.successor_share
from staged
where staged.successor_code is not null and staged.unit_code is not null
    and not exists (
        select 1 from wh.unit_successor as known
        where known.old_unit_id = staged.unit_code and known.new_unit_id = staged.successor_code
    );
