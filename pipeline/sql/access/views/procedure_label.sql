-- One row per procedure that dossiers speak of, by code or by name where there is no code.
create temp view procedure_label as
select * from wh.procedure_label
