-- One row per identity that must hold: its two sides for the chosen dossiers and period, and the
-- difference, shown and never adjusted. The last ones hold the flows against the dossiers themselves,
-- and every batch's ledger against its rows.
with counts as (
    select *
    from counted('all', $horizon, $units, $field, $procedure, $channel, $system)
),
direct as (
    select
        coalesce(sum(received), 0) as received,
        coalesce(sum(resolved), 0) as resolved,
        coalesce(sum(late), 0) as late,
        coalesce(sum(open), 0) as open,
        coalesce(sum(open_overdue), 0) as open_overdue
    from counted_directly(
        'all', $first, $upper, $as_of, $horizon, $units, $field, $procedure, $channel, $system
    )
),
next_period as (
    select count(*) as carried_over
    from chosen_state(
        $upper::timestamp, $upper::timestamp + interval 1 microsecond,
        $upper::timestamp + interval 1 microsecond,
        $units, $field, $procedure, $channel, $system
    )
    where is_carried
),
side as (
    select 1 as no, 'received = resolved + open + ended_otherwise + status_unknown' as identity,
        received as left_side, resolved + open + ended_otherwise + status_unknown as right_side
    from counts
    union all
    select 2, 'resolved = early + on_time + late + resolved_no_due',
        resolved, early + on_time + late + resolved_no_due
    from counts
    union all
    select 3, 'open = open_in_time + open_overdue + open_no_due + open_waiting',
        open, open_in_time + open_overdue + open_no_due + open_waiting
    from counts
    union all
    select 4, 'ended_otherwise = refused + withdrawn + stopped',
        ended_otherwise, refused + withdrawn + stopped
    from counts
    union all
    select 5, 'received = online + counter + post + channel_unknown',
        received, online + counter + post + channel_unknown
    from counts
    union all
    select 6, 'online = online_full + online_partial + online_level_unknown',
        online, online_full + online_partial + online_level_unknown
    from counts
    union all
    select 7, 'received = carried_over + received_in_period',
        received, carried_over + received_in_period
    from counts
    union all
    select 8, 'carried_over of the next period = open',
        next_period.carried_over, counts.open
    from counts, next_period
    union all
    select 9, 'received: dossiers = monthly flows', direct.received, counts.received
    from counts, direct
    union all
    select 10, 'resolved: dossiers = monthly flows', direct.resolved, counts.resolved
    from counts, direct
    union all
    select 11, 'late: dossiers = monthly flows', direct.late, counts.late
    from counts, direct
    union all
    select 12, 'open: dossiers = monthly flows', direct.open, counts.open
    from counts, direct
    union all
    select 13, 'open_overdue: dossiers = monthly flows', direct.open_overdue, counts.open_overdue
    from counts, direct
    union all
    select 14, 'read = accepted + rejected + duplicate',
        coalesce(sum(read_n), 0), coalesce(sum(accepted_n + rejected_n + duplicate_n), 0)
    from batch
    union all
    select 15, 'batches whose read <> accepted + rejected + duplicate',
        count(*) filter (where read_n <> accepted_n + rejected_n + duplicate_n), 0
    from batch
)
select
    no,
    identity,
    left_side::bigint as left_side,
    right_side::bigint as right_side,
    (left_side - right_side)::bigint as difference
from side
order by no
