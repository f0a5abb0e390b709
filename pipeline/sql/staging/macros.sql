-- Text and time repair, shared by every kind of source. One row in, one row out.
-- The costly repair runs only where a cheap look finds something to repair.

create or replace temp macro clean(x) as
    nullif(trim(
        case
            when contains(x, '  ') or contains(x, chr(160)) or contains(x, chr(9)) or contains(x, chr(10))
                or contains(x, chr(13)) or contains(x, chr(8203)) or contains(x, chr(65279))
                or contains(x, chr(8239)) or contains(x, chr(8288))
            then trim(regexp_replace(
                regexp_replace(nfc_normalize(x), '[\x{200B}\x{200C}\x{200D}\x{2060}\x{FEFF}]', '', 'g'),
                '[\s\x{00A0}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}]+', ' ', 'g'))
            else nfc_normalize(x)
        end), '');

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
    case when year(t) between 1900 and 2199 then t end;

-- Text to local time: the source's formats, then text with an offset, Excel serials, epoch milliseconds.
create or replace temp macro moment(x, formats, zone, written_zone) as
    case
        when x is null then null
        else (
            with_century(coalesce(
                case
                    when written_zone = zone then try_strptime(x, formats)
                    else (try_strptime(x, formats) at time zone written_zone) at time zone zone
                end,
                case
                    when regexp_matches(x, '[0-9]([+-][0-9]{2}:?[0-9]{2}|Z)$')
                    then try_cast(x as timestamptz) at time zone zone
                    when regexp_full_match(x, '[1-9][0-9]{4}([.][0-9]+)?')
                    then timestamp '1899-12-30' + to_microseconds(round(x::double * 86400)::bigint * 1000000)
                    when regexp_full_match(x, '1[0-9]{12}')
                    then epoch_ms(x::bigint)::timestamptz at time zone zone
                    else try_strptime(clean(x), formats)
                end))
        )
    end;

-- The column's name where its text is there and is no moment.
create or replace temp macro unreadable(x, t, name) as
    case when t is null then case when clean(x) is not null then name end end;

-- A corrected text where a correction of the column expects just this one.
create or replace temp macro amended(told, name, x) as
    case when told is not null and map_contains(told, name) and told[name].expected is not distinct from x
        then told[name].value else x end;
