-- Petitions that this batch tells anew.
delete from wh.feedback as old
using staged
where old.source = $source and old.feedback_id = staged.feedback_id;
