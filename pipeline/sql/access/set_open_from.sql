-- A constant of the viewer's cursor: from this moment on the mart of open dossiers is complete.
set variable open_from = $open_from::timestamp
