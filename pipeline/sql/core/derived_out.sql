-- Everything that is derived makes room for its next making.
delete from calendar_day;
delete from meta where key not like 'source_hash/%';
drop table if exists flow_month;
drop table if exists horizon;
drop table if exists officer_label;
drop table if exists open_dossier;
drop table if exists procedure_label;
drop table if exists cell;
drop table if exists flow_year;
drop table if exists cell;
drop table if exists flow_year;
