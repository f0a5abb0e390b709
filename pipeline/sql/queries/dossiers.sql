-- One row per dossier behind a figure: $measure is a count of `summary`, and there are as many rows as
-- it counts, the newest first or by $sort. total_n is that count before $limit and $offset; days_over
-- counts working days after the promise, days_left those up to it. The search ignores accents and case.
-- The rest narrows to one cell of a breakdown: $at_unit is a unit without its children, $lacks names
-- what the dossiers do not have, $over_from and $over_to are working days over the due day, $left_from
-- and $left_to working days left to it, $older_than calendar days since receipt, $finding a named set
-- of dossiers, $moves how often the promise was moved (3: or more). What $desk, $step and their like
-- narrow is the finding: they belong to steps. Keys are found first and the wide rows of one page read afterwards.
with chosen as not materialized (
    select *, due_at::date as due_day, received_at::date as received_day
    from chosen_state($first, $upper, $as_of, $units, $field, $procedure, $channel, $system)
    where ($officer is null or officer_name = $officer)
        and mentions(
            $search, dossier_code, applicant_name, applicant_phone, procedure_name, officer_name
        )
),
hit as materialized (
    select
        system,
        dossier_code,
        received_at,
        case $sort
            when 'procedure' then procedure_name
            when 'unit' then unit_id
            when 'officer' then officer_name
            when 'step' then step_name
        end as word,
        case $sort when 'due' then due_at when 'received' then received_at end as moment
    from chosen
    where case $measure
        when 'received' then phase <> 'not_accepted'
        when 'received_in_period' then phase <> 'not_accepted' and is_new
        when 'carried_over' then phase <> 'not_accepted' and is_carried
        when 'not_accepted' then phase = 'not_accepted'
        when 'status_unknown' then phase = 'status_unknown'
        when 'online'
            then phase <> 'not_accepted' and channel in ('online_full', 'online_partial', 'online')
        when 'online_full' then phase <> 'not_accepted' and channel = 'online_full'
        when 'online_partial' then phase <> 'not_accepted' and channel = 'online_partial'
        when 'online_level_unknown' then phase <> 'not_accepted' and channel = 'online'
        when 'counter' then phase <> 'not_accepted' and channel = 'counter'
        when 'post' then phase <> 'not_accepted' and channel = 'post'
        when 'channel_unknown'
            then phase <> 'not_accepted'
                and channel not in ('online_full', 'online_partial', 'online', 'counter', 'post')
        when 'online_in_period'
            then phase <> 'not_accepted' and is_new
                and channel in ('online_full', 'online_partial', 'online')
        when 'offline_in_period'
            then phase <> 'not_accepted' and is_new
                and channel not in ('online_full', 'online_partial', 'online')
        when 'resolved' then phase = 'resolved'
        when 'early' then end_state = 'early'
        when 'on_time' then end_state = 'on_time'
        when 'late' then end_state = 'late'
        when 'resolved_no_due' then end_state = 'no_due'
        when 'resolved_with_due' then end_state in ('early', 'on_time', 'late')
        when 'resolved_in_time' then end_state in ('early', 'on_time')
        when 'open' then phase = 'open'
        when 'open_in_time' then open_state = 'in_time'
        when 'open_overdue' then open_state = 'overdue'
        when 'open_no_due' then open_state = 'no_due'
        when 'open_waiting' then open_state = 'waiting'
        when 'due_soon'
            then open_state = 'in_time'
                and due_day <= due_soon_until(
                    least($upper::timestamp - interval 1 microsecond, $as_of::timestamp), $horizon
                )
        when 'ended_otherwise' then phase in ('refused', 'withdrawn', 'stopped')
        when 'refused' then phase = 'refused'
        when 'withdrawn' then phase = 'withdrawn'
        when 'stopped' then phase = 'stopped'
        when 'late_against_first_promise' then is_late_against_first_promise
        when 'promise_moved' then phase not in ('not_accepted', 'status_unknown') and due_moves > 0
        when 'late_or_overdue' then end_state = 'late' or open_state = 'overdue'
        when 'not_late'
            then phase <> 'not_accepted'
                and coalesce(end_state <> 'late', true) and coalesce(open_state <> 'overdue', true)
        when 'in_time' then end_state in ('early', 'on_time') or open_state = 'in_time'
        else false
    end
    and ($at_unit is null or unit_id = $at_unit)
    and (
        $over_from is null
        or due_at::date <= last_due_over(
            least($upper::timestamp - interval 1 microsecond, $as_of::timestamp), $over_from
        )
    )
    and (
        $over_to is null
        or due_at::date > last_due_over(
            least($upper::timestamp - interval 1 microsecond, $as_of::timestamp), $over_to + 1
        )
    )
    and (
        $left_from is null
        or due_day > due_soon_until(
            least($upper::timestamp - interval 1 microsecond, $as_of::timestamp), $left_from - 1
        )
    )
    and (
        $left_to is null
        or due_day <= due_soon_until(
            least($upper::timestamp - interval 1 microsecond, $as_of::timestamp), $left_to
        )
    )
    and ($older_than is null or date_diff('day', received_at, judged_at) > $older_than)
    and (not list_contains($lacks::text[], 'unit') or unit_id is null)
    and (not list_contains($lacks::text[], 'field') or field_name is null)
    and (not list_contains($lacks::text[], 'officer') or officer_name is null)
    and (
        not list_contains($lacks::text[], 'letter')
        or (system, dossier_code) not in (
            select (system, dossier_code) from apology
            where issued_at is null or issued_at < $upper
        )
    )
    and ($moves is null or least(due_moves, 3) = $moves)
    and (
        $finding is null
        or (system, dossier_code) in (select (system, dossier_code) from found_key)
    )
    and (
        not list_contains($lacks::text[], 'procedure')
        or coalesce(procedure_code, procedure_name) is null
    )
),
page_key as (
    select *
    from hit
    order by word collate vi nulls last, moment nulls last, received_at desc, system, dossier_code
    limit coalesce($limit::bigint, 9223372036854775807) offset $offset::bigint
),
page as (
    select chosen.*, page_key.word, page_key.moment, (select count(*) from hit) as total_n
    from chosen
    join page_key using (system, dossier_code, received_at)
)
select
    system,
    dossier_code,
    procedure_code,
    procedure_name,
    field_name,
    page.unit_id,
    coalesce(unit_label.unit_name, page.unit_id) as unit_name,
    receiving_unit_id,
    coalesce(receiving.unit_name, receiving_unit_id) as receiving_unit_name,
    officer_name,
    step_name,
    channel,
    applicant_name,
    applicant_phone,
    received_at,
    due_at,
    first_due_at,
    due_moves,
    finished_at,
    handed_over_at,
    closed_at,
    status,
    status_text,
    phase,
    open_state,
    end_state,
    case
        when end_state = 'no_due' then 'resolved'
        else coalesce(end_state, open_state, phase)
    end as state,
    is_new,
    case when open_state = 'in_time'
        then due_on.working_no + (not due_on.is_working)::integer - judged_on.working_no end as days_left,
    case when open_state = 'overdue' or end_state = 'late'
        then judged_on.working_no - due_on.working_no end as days_over,
    coalesce(days_over, days_left) as days,
    total_n
from page
left join calendar_day due_on on due_on.day = due_day
left join calendar_day judged_on
    on judged_on.day = if(phase = 'open', judged_at, coalesce(finished_at, handed_over_at))::date
left join unit_label on unit_label.unit_id = page.unit_id
left join unit_label receiving on receiving.unit_id = page.receiving_unit_id
order by word collate vi nulls last, moment nulls last, received_at desc, system, dossier_code
