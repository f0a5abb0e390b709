-- What the mapping of some batches could not place, the same header or word once for all of them.
select warning, column_name, value, sum(row_n)::bigint as row_n
from mapping_warning
join batch on batch.batch_no = mapping_warning.batch_no
where list_contains($batch_ids::text[], batch.batch_id)
group by warning, column_name, value
order by warning, row_n desc nulls last, column_name, value
