-- One row per prefix of dossier codes: numbers within a day that no export shows, of codes such as
-- H37.14-231207-0003 received in the period. The numbers below the highest of a day that are missing may
-- be dossiers outside the software, withdrawn before receipt, or of another list: they cannot be
-- reconciled here, and no rate is made of them.
with coded as (
    select
        unit_id,
        regexp_extract(dossier_code, '^(.*)-([0-9]{6})-([0-9]{4,})$', ['prefix', 'day', 'number']) as code
    from chosen_state($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
    where is_new and phase <> 'not_accepted'
        and regexp_full_match(dossier_code, '.*-[0-9]{6}-[0-9]{4,}')
),
daily as (
    select
        code.prefix as prefix,
        code.day as day,
        max(code.number::integer) as highest_n,
        count(distinct code.number) as seen_n,
        any_value(unit_id) as unit_id
    from coded
    group by code.prefix, code.day
)
select
    prefix,
    any_value(daily.unit_id) as unit_id,
    coalesce(any_value(unit_label.unit_name), any_value(daily.unit_id)) as unit_name,
    count(*) as day_n,
    count(*) filter (where highest_n > seen_n) as gap_day_n,
    sum(seen_n)::bigint as seen_n,
    sum(highest_n - seen_n)::bigint as missing_n
from daily
left join unit_label on unit_label.unit_id = daily.unit_id
group by prefix
having sum(highest_n - seen_n) > 0
order by missing_n desc, prefix
