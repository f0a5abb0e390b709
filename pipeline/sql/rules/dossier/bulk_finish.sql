-- One officer finished many dossiers within one minute: a sign of results clicked in bulk.
insert into finding
with crowded as (
    select officer_name, date_trunc('minute', finished_at) as minute, count(distinct dossier_code) as dossier_n
    from staged
    where officer_name is not null and finished_at is not null
        and finished_at <> date_trunc('day', finished_at)
    group by all
    having count(distinct dossier_code) >= $at_least
)
select 'bulk_finish', staged.rid, 'finished_at', crowded.dossier_n || ' @ ' || strftime(crowded.minute, '%Y-%m-%d %H:%M')
from staged join crowded
    on staged.officer_name = crowded.officer_name
    and date_trunc('minute', staged.finished_at) = crowded.minute;
