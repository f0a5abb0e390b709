-- A text without what can only be the number of an identity card: 12 digits that begin with 0. Twice,
-- because one sign between two numbers belongs to the first match alone; as pipeline/personal.py does it.
create or replace temp macro without_identity_numbers(x) as
regexp_replace(
    regexp_replace(
        x, '(^|[^0-9])0[0-9]{2}[ .]?[0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{3}([^0-9]|$)', '\1***\2', 'g'
    ),
    '(^|[^0-9])0[0-9]{2}[ .]?[0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{3}([^0-9]|$)', '\1***\2', 'g'
)
