-- Letters that this batch tells anew.
delete from wh.apology as old
using staged
where old.dossier_code = staged.dossier_code
    and old.document_no is not distinct from staged.document_no
    and old.issued_at is not distinct from staged.issued_at;
