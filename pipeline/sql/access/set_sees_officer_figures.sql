-- A constant of the viewer's cursor: whether figures of single officers are his to see.
set variable sees_officer_figures = $sees_officer_figures::boolean
