-- Procedures that this list tells anew.
delete from wh.procedure as old using staged where old.procedure_code = staged.procedure_code;
