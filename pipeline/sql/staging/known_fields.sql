-- Names of fields already in the warehouse, so that another spelling takes the name that is there.
select field_name from wh.dossier where field_name is not null
union
select field_name from wh.procedure where field_name is not null
order by field_name;
