-- Text and time repair, shared by every kind of source. One row in, one row out.
-- The costly repair runs only where a cheap look finds something to repair.

-- Nothing to repair: no odd space, and letters that are their own NFC (Latin with and without accents).
-- ASCII is told by its length in bytes, which costs a tenth of an expression.
create or replace temp macro is_plain(x) as
    case
        when strlen(x) = length(x)
        then not (contains(x, '  ') or contains(x, chr(9)) or contains(x, chr(10)) or contains(x, chr(13)))
        else not regexp_matches(x, '[^!-~ \x{00A1}-\x{02FF}\x{1E00}-\x{1EFF}]|  ')
    end;

create or replace temp macro clean(x) as
    nullif(
        case
            when is_plain(x) then trim(x)
            when contains(x, '  ') or contains(x, chr(160)) or contains(x, chr(9)) or contains(x, chr(10))
                or contains(x, chr(13)) or contains(x, chr(8203)) or contains(x, chr(65279))
                or contains(x, chr(8239)) or contains(x, chr(8288))
            then trim(regexp_replace(
                regexp_replace(nfc_normalize(x), '[\x{200B}\x{200C}\x{200D}\x{2060}\x{FEFF}]', '', 'g'),
                '[\s\x{00A0}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}]+', ' ', 'g'))
            else trim(nfc_normalize(x))
        end, '');

-- A telephone number that a spreadsheet took for a number gets its zero back; +84 becomes 0.
create or replace temp macro phone(x) as
    case
        when length(x) = 10 and starts_with(x, '0') and strlen(x) = 10 and not contains(x, ' ') then x
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
