-- Without the day of receipt a petition belongs to no period.
insert into finding select 'no_received', rid, 'received_at', null from staged where received_at is null;
