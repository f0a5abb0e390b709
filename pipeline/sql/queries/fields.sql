-- One row per field that the viewer's dossiers speak of, the most received first.
select field_name, sum(received_n)::bigint as received
from flow_year
join cell on cell.cell_id = flow_year.cell_id
where field_name is not null
    and ($units is null or list_contains($units::text[], unit_id))
group by field_name
order by received desc, field_name
