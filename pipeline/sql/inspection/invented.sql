-- invented: one row for a landed table; how many of its first rows there are, and how many bear a word in
-- any cell. A few are enough: the code of a province stands in most rows of an export or in none.
select
    count(*) as row_n,
    count(*) filter (where regexp_matches(concat_ws(' ', *columns(*)), $word)) as of_it_n
from (select * from read_parquet($path) limit $most);
