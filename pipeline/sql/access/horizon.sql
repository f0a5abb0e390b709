-- One row: the first moment for which the mart of open dossiers is complete.
select open_from from wh.horizon
