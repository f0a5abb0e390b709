-- Whether rows that name a dossier by its code alone may mean one and the same dossier: an older row, of the
-- system found for it ('' = none yet) and a batch that names old_links, and a new row whose source names
-- links. Two systems may give the same code; what one tells must not replace what is told of the other.
create or replace temp macro may_mean_one(old_system, old_links, links) as
    len(links) = 0
    or case when old_system <> '' then list_contains(links, old_system)
        else len(old_links) = 0 or list_has_any(old_links, links) end;
