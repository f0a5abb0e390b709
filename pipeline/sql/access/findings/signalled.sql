-- One row per dossier of the period and signal that it was looked at for: signal_n is 1 where the
-- pattern is there. What has nothing to look at has no row.
create temp macro signalled(
    p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system
) as table
unpivot (
    select
        system, dossier_code, unit_id, is_late, is_in_time,
        columns(* exclude (system, dossier_code, unit_id, is_late, is_in_time, click_lag_days))::integer
    from signal_state(
        p_first, p_upper, p_as_of, p_units, p_field, p_procedure, p_channel, p_system
    )
)
on columns(* exclude (system, dossier_code, unit_id, is_late, is_in_time))
into name signal value signal_n
