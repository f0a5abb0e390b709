-- The dossier code carries YYMMDD of receipt (TT 01/2018/TT-VPCP, Art. 19): a check, never a source.
-- Codes that carry it right behind their first hyphen, nearly all, are let go by a cheap look; the case
-- keeps it first, where conditions joined by "and" are asked in an order of the engine's own.
insert into finding
select 'code_date_differs', rid, 'dossier_code', split_part(dossier_code, '-', 2) || ' <> ' || strftime(received_at, '%y%m%d')
from staged
where case
    when strpos(dossier_code, strftime(received_at, '-%y%m%d-')) is distinct from strpos(dossier_code, '-') then
        length(split_part(dossier_code, '-', 2)) = 6
        and length(split_part(dossier_code, '-', 3)) >= 4
        and try_strptime(split_part(dossier_code, '-', 2), '%y%m%d')::date <> received_at::date
end;
