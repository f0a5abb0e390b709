-- One row per unit that resolves dossiers of the period: opening and received on one side, every way
-- out and what is still open on the other. gap = left - right; the dossiers behind one are those of a
-- status that no vocabulary knows. Shown and never adjusted.
with counts as (
    select *
    from counted('unit', $horizon, $units, $field, $procedure, $channel, $system)
)
select
    counts.key as unit_id,
    coalesce(unit_label.unit_name, counts.key) as unit_name,
    carried_over as opening,
    received_in_period,
    resolved,
    refused,
    withdrawn,
    stopped,
    open as closing,
    carried_over + received_in_period - resolved - refused - withdrawn - stopped - open as gap
from counts
left join unit_label on unit_label.unit_id = counts.key
order by abs(gap) desc, received_in_period desc, unit_id
