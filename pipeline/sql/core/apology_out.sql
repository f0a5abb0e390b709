-- Letters that this batch tells anew.
delete from wh.apology as old
using staged, wh.batch as teller
where old.dossier_code = staged.dossier_code
    and old.document_no is not distinct from staged.document_no
    and old.issued_at is not distinct from staged.issued_at
    and old.batch_no = teller.batch_no
    and may_mean_one(old.system, teller.links_to, $links_to::text[]);
