-- One row per unit or field ($group_by), month and scale: how many answered the overall question with an
-- opinion. For deciding which month of one of them must be kept back beside the others; no answer is told.
select
    case $group_by when 'unit' then unit_id when 'field' then field_name end as group_key,
    strftime(answered_at, '%Y-%m') as month,
    scale_id,
    count(*) as n
from chosen_answer($first, $upper, $units, $field)
where is_overall and level not in ('dont_know', 'unknown')
group by all
order by month, group_key nulls last, scale_id
