-- One row: the latest moment that dossier batches speak of, and whether what is shown is invented.
select max(data_at) filter (kind = 'dossier'), coalesce(bool_and(is_invented), false) from batch;
