-- One row per step, in the order in which the steps of a dossier ended; nothing where the list of a later
-- day has told the dossier's steps already.
insert into wh.dossier_step
select
    case when $kind = 'step' then '' else $system end as system,
    staged.dossier_code,
    $batch_no::integer,
    row_number() over (
        partition by staged.dossier_code
        order by staged.step_no nulls last,
            coalesce(case when $order_by = 'step_started_at' then staged.event_started_at end,
                staged.event_finished_at, staged.event_started_at) nulls last,
            staged.rid
    )::integer,
    staged.event_name,
    unit.unit_id,
    staged.event_officer,
    staged.event_started_at,
    staged.event_due_at,
    staged.event_finished_at,
    staged.event_note
from staged
anti join rejected_row using (rid)
anti join (select rid from finding where rule = 'duplicate_code') as repeated using (rid)
left join unit_term as unit on unit.raw = staged.event_unit_raw and unit.is_first
where staged.event_name is not null
    and staged.dossier_code not in (
        select old.dossier_code
        from wh.dossier_step as old
        join wh.batch as teller on teller.batch_no = old.batch_no
        where teller.listed_on > $listed_on::date
            and case when $kind = 'step' then may_mean_one(old.system, teller.links_to, $links_to::text[])
                else old.system = $system end
    );
