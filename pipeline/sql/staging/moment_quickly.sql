-- Text to local time with the source's formats alone, and what they leave unread.
-- Good for nearly every file; where it leaves a text unread, the rows are staged again with moment_in_any_way.
-- A short expression matters: it stands in a statement once per column, and planning it costs as well.
create or replace temp macro moment(x, formats, zone, written_zone) as
    with_century(case
        when written_zone = zone then try_strptime(x, formats)
        else (try_strptime(x, formats) at time zone written_zone) at time zone zone
    end);

-- The column's name where its text is there and was not read.
create or replace temp macro unreadable(x, t, name) as
    case when t is null and x <> '' then name end;
