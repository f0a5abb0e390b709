-- Whether a dossier mentions what somebody looks for, without accents and case; true where nobody looks.
-- One word with a digit in it is a code or a telephone number: names need not be read for it, and they
-- are what takes time among millions.
create temp macro mentions(p_search, p_code, p_applicant, p_phone, p_procedure, p_officer) as (
    case
        when p_search is null then true
        when regexp_matches(p_search, '^\S*[0-9]\S*$')
            then contains(lower(p_code), lower(p_search)) or coalesce(contains(p_phone, p_search), false)
        else contains(lower(p_code), lower(p_search))
            or coalesce(contains(folded(p_applicant), folded(p_search)), false)
            or coalesce(contains(folded(p_procedure), folded(p_search)), false)
            or coalesce(contains(folded(p_officer), folded(p_search)), false)
    end
)
