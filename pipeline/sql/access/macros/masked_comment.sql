-- What somebody wrote, without what would lead to him: addresses of e-mail and runs of nine digits or
-- more (telephones, identity numbers, codes of dossiers), however they are set apart.
create temp macro masked_comment(comment) as
regexp_replace(
    regexp_replace(comment, '[[:alnum:]._+-]+@[[:alnum:]._-]+', '***', 'g'),
    '\+?[0-9]([ .-]?[0-9]){8,}', '***', 'g'
)
