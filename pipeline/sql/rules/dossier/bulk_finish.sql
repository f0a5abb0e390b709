-- One officer finished many dossiers within one minute: a sign of results clicked in bulk.
-- Minutes in which few were finished by anyone are set aside first: most are, and telling rows apart by a
-- number is quick.
insert into finding
with timed as not materialized (
    select rid, dossier_code, officer_name, date_trunc('minute', finished_at) as minute
    from staged
    where officer_name is not null and finished_at is not null
        and finished_at <> date_trunc('day', finished_at)
),
busy as (
    select minute from timed group by minute having count(*) >= $at_least
),
crowded as (
    select officer_name, minute, count(distinct dossier_code) as dossier_n
    from timed semi join busy using (minute)
    group by all
    having count(distinct dossier_code) >= $at_least
)
select 'bulk_finish', timed.rid, 'finished_at', crowded.dossier_n || ' @ ' || strftime(crowded.minute, '%Y-%m-%d %H:%M')
from timed join crowded using (officer_name, minute);
