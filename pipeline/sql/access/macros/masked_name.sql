-- A name that a colleague recognises and a stranger does not: 'Nguyễn Văn An' -> 'Nguyễn V. A***'.
create temp macro masked_name(full_name) as
case
    when full_name is null then null
    when not contains(full_name, ' ') then left(full_name, 1) || '***'
    else string_split(full_name, ' ')[1]
        || coalesce(
            list_aggregate(
                list_transform(string_split(full_name, ' ')[2:-2], lambda word: ' ' || left(word, 1) || '.'),
                'string_agg', ''
            ),
            ''
        )
        || ' ' || left(string_split(full_name, ' ')[-1], 1) || '***'
end
