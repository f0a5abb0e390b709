-- No dossier at all: a list that asks for no finding still names the table.
create or replace temp table found_key (system text, dossier_code text)
