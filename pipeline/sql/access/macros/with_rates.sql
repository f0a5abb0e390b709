-- The four on-time rates, the late rate and the online rate of any row of counts, each 0-1 with its
-- numerator and denominator; null where the denominator is 0. p_table: a relation.
-- A: of resolved with a promise (form II.06a). B: of all to handle, one minus what is late (Gia Lai).
-- C: as item 2.1 of index 766. D: of all received (Decree 61/2018 Art. 30(2c)).
create temp macro with_rates(p_table) as table
select
    *,
    early + on_time as on_time_rate_a_numerator,
    early + on_time + late as on_time_rate_a_denominator,
    (early + on_time) / nullif(early + on_time + late, 0) as on_time_rate_a,
    received - late - open_overdue as on_time_rate_b_numerator,
    received as on_time_rate_b_denominator,
    (received - late - open_overdue) / nullif(received, 0) as on_time_rate_b,
    early + on_time + open_in_time as on_time_rate_c_numerator,
    received as on_time_rate_c_denominator,
    (early + on_time + open_in_time) / nullif(received, 0) as on_time_rate_c,
    early + on_time as on_time_rate_d_numerator,
    received as on_time_rate_d_denominator,
    (early + on_time) / nullif(received, 0) as on_time_rate_d,
    late as late_rate_numerator,
    early + on_time + late as late_rate_denominator,
    late / nullif(early + on_time + late, 0) as late_rate,
    online_in_period as online_rate_numerator,
    received_in_period as online_rate_denominator,
    online_in_period / nullif(received_in_period, 0) as online_rate
from query_table(p_table)
