-- One row: how many dossiers of the period had their promise moved when the day it named was over.
select count(*) as moved_after_due
from finding_moved_after_due(
    $first, $upper, $as_of, $units, $field, $procedure, $channel, $system
)
