-- A constant of the viewer's cursor, read by the views; bound, never written into a statement.
set variable sees_comments = $sees_comments::boolean
