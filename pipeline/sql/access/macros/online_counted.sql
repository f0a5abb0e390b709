-- One row per key of p_by (unit, field, procedure): dossiers received in the period by channel, and the
-- share online. Plain share: index 766 also multiplies by its rate of synchronisation.
create temp macro online_counted(
    p_by, p_units, p_field, p_procedure, p_channel, p_system
) as table
with channel_sum as (
    select
        case p_by
            when 'unit' then unit_id
            when 'field' then field_name
            when 'procedure' then procedure_key
        end as key,
        channel,
        received_in_period as n
    from chosen_cell(p_units, p_field, p_procedure, p_channel, p_system)
    where received_in_period > 0
)
select * from by_channel_columns('channel_sum')
