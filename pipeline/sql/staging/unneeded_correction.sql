-- Corrections that nothing needs any more: the dossier came, and no row of it has the text expected.
select correction.dossier_code, correction.column_name
from correction
join named as landed on clean(landed.raw_dossier_code) = correction.dossier_code
group by all
having not bool_or(
    json_extract_string(to_json(landed), '$.raw_' || correction.column_name) is not distinct from correction.expected
    or clean(json_extract_string(to_json(landed), '$.raw_' || correction.column_name)) = correction.expected
)
order by all;
