-- accepted: one row per dossier of this batch that passed the rules; the last row of a code speaks.
create or replace temp view accepted as
select staged.*
from staged
anti join rejected_row using (rid)
anti join (select rid from finding where rule = 'duplicate_code') as superseded using (rid);
