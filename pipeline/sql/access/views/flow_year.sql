-- One row per year and cell of the viewer's units, without the cell's name: the numbers to be joined.
create temp view flow_year as
select * from wh.flow_year
where getvariable('sees_every_unit')
union all
select flow.* from wh.flow_year flow
semi join cell using (cell_id)
where not getvariable('sees_every_unit')
