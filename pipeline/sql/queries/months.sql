-- One row per month in which the viewer's dossiers came in, the newest first: what a period can be.
select month, sum(received_n)::bigint as received
from flow_month
where month <= $as_of
group by month
having sum(received_n) > 0
order by month desc
