"""As of when: the address may name a moment, else the rule of pipeline.moment decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pages.ui import address
from pipeline.errors import Refused
from pipeline.moment import Moment, default_as_of, end_of_day
from pipeline.periods import LOCAL_ZONE, parse_as_of
from pipeline.settings import settings


def now() -> datetime:
    """The clock of the office, naive."""
    return datetime.now(LOCAL_ZONE).replace(tzinfo=None)


def now_today() -> datetime:
    """The end of today: the same for all viewers of a day, for what changes by day only."""
    return end_of_day(now())


def chosen(meta: Mapping[str, str]) -> Moment:
    """The moment of ?as_of= (a day means its end; never in the future), else the default."""
    asked = _read(address.read("as_of")) if meta else None
    if asked is not None and asked <= end_of_day(now()):
        return Moment(asked, is_live=False)
    return latest(meta)


def latest(meta: Mapping[str, str]) -> Moment:
    """The moment that nobody chose: the rule's; now where there are no figures."""
    if not meta:
        return Moment(now(), is_live=True)
    return default_as_of(meta, now(), settings().fresh_within_days)


def _read(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return parse_as_of(text)
    except Refused:
        return None  # a damaged link: the default shows, and the heading says which moment it is
