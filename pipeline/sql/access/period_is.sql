-- One row: whether the cursor's flows speak of [first, upper) already.
select coalesce(
    getvariable('period_first') = $first::timestamp and getvariable('period_upper') = $upper::timestamp,
    false
)
