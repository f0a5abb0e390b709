-- Text and time repair, shared by every kind of source. One row in, one row out.
-- The costly repair runs only where a cheap look finds something to repair.

-- Signs without a shape and signs that turn the direction, and what stands for a space: as `squeeze` in
-- pipeline/text.py has them; a test holds the two together.
create or replace temp macro unseen() as
    '[\x00-\x08\x0E-\x1B\x7F-\x{84}\x{86}-\x{9F}\x{AD}\x{34F}\x{61C}\x{115F}\x{1160}\x{180B}-\x{180E}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{206F}\x{3164}\x{FEFF}\x{FFA0}\x{FFF9}-\x{FFFB}\x{E0000}-\x{E0FFF}]';

create or replace temp macro spaces() as
    '[\s\x0B\x1C-\x1F\x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}]+';

-- Nothing to repair: no odd space or sign, and letters that are their own NFC (Latin with and without
-- accents). ASCII is told by its length in bytes, and looked at more quickly.
create or replace temp macro is_plain(x) as
    case
        when strlen(x) = length(x) then not regexp_matches(x, '[^ -~]|  ')
        else not regexp_matches(x, '[^!-~ \x{A1}-\x{AC}\x{AE}-\x{2FF}\x{1E00}-\x{1EFF}]|  ')
    end;

create or replace temp macro clean(x) as
    nullif(
        case
            when is_plain(x) then trim(x)
            else trim(regexp_replace(
                regexp_replace(nfc_normalize(x), unseen(), '', 'g'), spaces(), ' ', 'g'))
        end, '');

-- A telephone number that a spreadsheet took for a number gets its zero back; +84 becomes 0.
create or replace temp macro phone(x) as
    case
        when regexp_full_match(x, '0[0-9]{9}') then x
        when regexp_full_match(trim(x), '[1-9][0-9]{8}([.]0+)?') then '0' || left(trim(x), 9)
        when regexp_full_match(regexp_replace(x, '[^0-9+]', '', 'g'), '([+]?84)[1-9][0-9]{8}')
            then '0' || right(regexp_replace(x, '[^0-9]', '', 'g'), 9)
        when regexp_full_match(regexp_replace(x, '[ .()-]', '', 'g'), '0[0-9]{9,10}')
            then regexp_replace(x, '[^0-9]', '', 'g')
        else clean(x)
    end;

-- Years before 1900 and after 2199 are placeholders such as 0001-01-01 or 9999-12-31: not a moment.
create or replace temp macro with_century(t) as
    case when t >= timestamp '1900-01-01' and t < timestamp '2200-01-01' then t end;

-- A corrected text where a correction of the column expects just this one.
create or replace temp macro amended(told, name, x) as
    case when told is not null and map_contains(told, name) and (told[name].expected is not distinct from x or told[name].expected = clean(x))
        then told[name].value else x end;
