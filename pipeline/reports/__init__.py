"""Official forms and lists as files. A form is asked for by name; screens and scripts use the same.

Nothing here asks more than a screen does: every row comes from a named query under a scope.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pipeline.errors import Refused
from pipeline.periods import Period
from pipeline.reports import due_soon, ii06a
from pipeline.scope import Scope
from pipeline.warehouse import Snapshot
from pipeline.wording import wording

Writer = Callable[[Snapshot, Scope, Period, datetime, str], bytes]

FORMS: dict[str, Writer] = {"due-soon": due_soon.write, "ii06a": ii06a.write}


def write_report(
    form: str, snapshot: Snapshot, scope: Scope, period: Period, as_of: datetime, language: str
) -> bytes:
    """A form as an XLSX file.

    form: a key of FORMS, with '-' or '_'. `due-soon` speaks of as_of alone and leaves the period
    aside. Raises Refused for an unknown form, language or an empty period.
    """
    writer = FORMS.get(form.strip().lower().replace("_", "-"))
    if writer is None:
        raise Refused(f'There is no report "{form}"; known are {", ".join(FORMS)}.')
    wording(language)  # an unknown language is refused before anything is asked
    return writer(snapshot, scope, period, as_of, language)
