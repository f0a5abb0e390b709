-- A telephone number that can be told apart and not called: '0912345678' -> '09xx xxx 678'.
create temp macro masked_phone(phone) as
case
    when phone is null then null
    when length(phone) < 9 then 'xxx'
    else left(phone, 2) || 'xx xxx ' || right(phone, 3)
end
