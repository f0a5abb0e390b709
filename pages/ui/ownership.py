"""Whose a file is: what was made for one viewer is handed to nobody else who has its link.

Streamlit serves a file to whoever knows its link, signed in or not: the link is a hash of what is
in the file, and it leaves the building with every copied address. So a file is noted with the
person it was made for, by its content, and the door asks here. A file that nobody noted is for
nobody.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

KEPT = 5_000  # files remembered; a download is fetched at once

_owners: OrderedDict[str, set[str]] = OrderedDict()
_lock = threading.Lock()


def note(content: bytes | str, person: str) -> None:
    """A file was made for somebody; two people may have made the same one."""
    mark = hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()
    with _lock:
        _owners.setdefault(mark, set()).add(person)
        _owners.move_to_end(mark)
        while len(_owners) > KEPT:
            _owners.popitem(last=False)


def is_owned(content: bytes, person: str) -> bool:
    """Whether a file was made for this person."""
    with _lock:
        return person in _owners.get(hashlib.sha256(content).hexdigest(), ())
