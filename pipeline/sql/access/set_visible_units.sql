-- A constant of the viewer's cursor, read by the views; bound, never written into a statement.
set variable visible_units = $visible_units::text[]
