-- Distinct texts of time limits in a staged procedure list.
select distinct limit_text from staged where limit_text is not null;
