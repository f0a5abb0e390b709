-- Text to local time: the formats given, then text with an offset, Excel serials, epoch milliseconds.
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
