-- A constant of the viewer's cursor: the macros of findings are there.
set variable has_findings = true
