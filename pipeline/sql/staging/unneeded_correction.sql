-- Corrections that nothing needs any more: the dossier came, and the text is not the one expected.
select correction.dossier_code, correction.column_name
from correction
join landed on clean(landed.raw_dossier_code) = correction.dossier_code
join corrected on corrected.sheet_no = landed.sheet_no and corrected.row_no = landed.row_no
group by all
having not bool_or(landed is distinct from corrected)
order by all;
