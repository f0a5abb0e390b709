-- The satisfied share of any row of answer counts with its 95 % interval (Wilson's score interval: it
-- stays inside 0-1 and does not shrink to a point at 100 %). 'neutral' is not satisfied. Null without
-- answers. p_table: a relation with n and the five levels.
create temp macro with_interval(p_table) as table
with share as (
    select
        *,
        very_satisfied + satisfied as satisfied_rate_numerator,
        n as satisfied_rate_denominator,
        (very_satisfied + satisfied) / nullif(n, 0) as satisfied_rate,
        1.959963984540054 * 1.959963984540054 / nullif(n, 0) as weight
    from query_table(p_table)
)
select
    * exclude (weight),
    case
        when n = 0 then null
        when satisfied_rate = 0 then 0
        else greatest(0, (
            satisfied_rate + weight / 2
            - 1.959963984540054 * sqrt(satisfied_rate * (1 - satisfied_rate) / n + weight / (4 * n))
        ) / (1 + weight))
    end as satisfied_low,
    case
        when n = 0 then null
        when satisfied_rate = 1 then 1
        else least(1, (
            satisfied_rate + weight / 2
            + 1.959963984540054 * sqrt(satisfied_rate * (1 - satisfied_rate) / n + weight / (4 * n))
        ) / (1 + weight))
    end as satisfied_high
from share
