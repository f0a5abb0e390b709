-- An edge of the period that the cursor's flows speak of.
set variable period_upper = $upper::timestamp
