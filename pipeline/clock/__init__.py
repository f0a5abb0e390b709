"""The clock of one dossier, explained: what happened in, line by line what it meant out.

Two clocks stand side by side. The law's clock counts to the procedure's time limit and begins anew
after a supplementation; that of item 2.1 of Decision 766/QĐ-TTg counts to the appointment and
subtracts it. Neither replaces the appointment that the one-stop software gave: that one is checked.

    rules.py       data/config/clock.toml, typed: which rule is in force on which day
    office.py      the days and hours that count, and what was skipped
    facts.py       what a dossier's files tell, as values
    waits.py       supplements, payments, other agencies out of dates, lists and steps
    promises.py    the first appointment and each move of it
    law.py         the law's clock
    index_766.py   766's clock
    compare.py     why they differ, and what the appointment agrees with
    lines.py       everything in the order of time
    dossier.py     rows of the query `dossier_clock` as values
    table.py       rows of facts in, rows of lines out

Nothing here asks a database or the time of day.
"""
