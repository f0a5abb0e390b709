-- Whether a dossier mentions what somebody looks for, without accents and case; true where nobody looks.
create temp macro mentions(p_search, p_code, p_applicant, p_phone, p_procedure, p_officer) as (
    p_search is null
    or contains(lower(p_code), lower(p_search))
    or contains(folded(p_applicant), folded(p_search))
    or contains(folded(p_procedure), folded(p_search))
    or contains(folded(p_officer), folded(p_search))
    or contains(p_phone, p_search)
)
