-- The rows to stage are the corrected ones.
create or replace temp view landed as from corrected;
