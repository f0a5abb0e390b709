"""The access log: who signed in, unmasked, exported or was refused what; only ever added to.

<warehouse>/audit/ holds one file of JSON lines per month, each entry with the hash of the one
before, and `head`, the number and hash of the last one. What this can show and what it cannot:
docs/security.md.
"""

from pipeline.audit.ageing import months_before, remove_month
from pipeline.audit.chain import Verified, verify
from pipeline.audit.entry import EVENTS, Entry, Event
from pipeline.audit.log import record
from pipeline.audit.search import Asked, search

__all__ = [
    "EVENTS",
    "Asked",
    "Entry",
    "Event",
    "Verified",
    "months_before",
    "record",
    "remove_month",
    "search",
    "verify",
]
