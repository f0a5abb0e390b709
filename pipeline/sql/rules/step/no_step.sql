-- A line of a control slip that names no step.
insert into finding select 'no_step', rid, 'step_name', null from staged where event_name is null;
