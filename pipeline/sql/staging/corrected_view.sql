-- From here on the corrected rows are the landed ones.
create or replace temp view landed as from corrected;
