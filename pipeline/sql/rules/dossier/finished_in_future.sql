-- Finished after the file was taken in: the dossier counts as open until that moment comes.
insert into finding
select 'finished_in_future', rid, 'finished_at', strftime(finished_at, '%Y-%m-%d %H:%M')
from staged where finished_at > $landed_at;
