-- One row: whether the viewer's cursor has its findings already.
select coalesce(getvariable('has_findings'), false) as has_findings
