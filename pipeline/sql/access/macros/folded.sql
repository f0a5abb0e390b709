-- Text as people type it when they search: lower case, without accents, đ as d.
create temp macro folded(words) as
lower(strip_accents(replace(replace(nfc_normalize(words), 'đ', 'd'), 'Đ', 'D')))
