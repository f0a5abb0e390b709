-- One row per unit with open dossiers: how many of them were received more than $older_than_days
-- calendar days before the end of the period, and how many of these are overdue. Old open dossiers
-- often are finished and never closed.
select
    open_one.unit_id,
    coalesce(any_value(unit_label.unit_name), open_one.unit_id) as unit_name,
    count(*) as open,
    count(*) filter (where age_days > $older_than_days) as old_open,
    count(*) filter (where age_days > $older_than_days and open_state = 'overdue') as old_overdue,
    count(*) filter (where age_days > $older_than_days) / count(*) as old_open_share,
    max(age_days) as oldest_days
from chosen_open($upper, $units, $field, $procedure, $channel, $system) open_one
left join unit_label on unit_label.unit_id = open_one.unit_id
group by open_one.unit_id
order by old_open desc, open desc, open_one.unit_id
