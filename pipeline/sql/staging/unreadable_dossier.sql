-- A row when some moment of the staged dossiers is there and could not be read.
select 1 from staged
where unreadable_columns is not null or (received_at is null and clean(received_text) is not null)
limit 1;
