-- One row per calendar day, from the rows the calendar gave.
insert into calendar_day from calendar_rows;
