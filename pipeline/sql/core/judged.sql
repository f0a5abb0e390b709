-- The rules that turn dates and a status into a verdict. Kept apart, because every figure rests on them.

-- What became of the dossier. A status no vocabulary knows is 'unknown' and never guessed (domain: statuses).
create or replace temp macro outcome_of(status) as
    case status
        when 'finished' then 'resolved'
        when 'handed_over' then 'resolved'
        when 'refused' then 'refused'
        when 'withdrawn' then 'withdrawn'
        when 'stopped' then 'stopped'
        when 'submitted' then 'not_accepted'
        when 'not_accepted' then 'not_accepted'
        when 'unknown' then 'unknown'
        else 'open'
    end;

-- When the dossier stopped being open. The agency's end comes first, the hand-over only stands in for it
-- (the order of QĐ 766, item 2.1); never before the receipt, so that flows and stocks agree.
create or replace temp macro closed_at_of(status, received_at, finished_at, handed_over_at, ended_at) as
    case outcome_of(status)
        when 'resolved' then greatest(received_at, coalesce(finished_at, handed_over_at, ended_at, received_at))
        when 'refused' then greatest(received_at, coalesce(ended_at, finished_at, handed_over_at, received_at))
        when 'withdrawn' then greatest(received_at, coalesce(ended_at, finished_at, handed_over_at, received_at))
        when 'stopped' then greatest(received_at, coalesce(ended_at, finished_at, handed_over_at, received_at))
    end;

-- Early, on time, late: by local day unless the source judges by the instant.
create or replace temp macro timing_against(due_at, end_at, on_time_rule) as
    case
        when due_at is null or end_at is null then 'no_due'
        when on_time_rule = 'instant' then
            case when end_at < due_at then 'early' when end_at = due_at then 'on_time' else 'late' end
        when end_at::date < due_at::date then 'early'
        when end_at::date = due_at::date then 'on_time'
        else 'late'
    end;

-- A bare verdict of the source counts only where the source has no promise to compare with.
create or replace temp macro timing_of(status, due_at, finished_at, handed_over_at, on_time_rule, late_flag, has_due_column) as
    case
        when outcome_of(status) <> 'resolved' then null
        when not has_due_column and late_flag = 'late' then 'late'
        when not has_due_column and late_flag = 'in_time' then 'on_time'
        else timing_against(due_at, coalesce(finished_at, handed_over_at), on_time_rule)
    end;
