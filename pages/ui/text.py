"""Computed sentences: findings of pipeline.insight in the words of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from pipeline.errors import Refused
from pipeline.insight import Insight
from pipeline.settings import settings
from pipeline.text import visible
from pipeline.wording import Wording

_JOINER = "\u2060"
_PLAIN = re.compile(r"[^\W_](?:[^\W_]|[ ,])*")
_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~$:&]")
# Of a list, a rule, or the line below a heading.
_BEGINNING = re.compile(r"^(\d{1,9})?((?(1)[.)]|[-+])(?=\s|$)|[-=](?=[-=\s\u2060]*$))")
_SOUGHT = re.compile(
    r":(?=[A-Za-z_+/-])"  # :material/home:, :smile:, http://
    r"|\bwww(?=\.)"
    r"|[\w.+-](?=@\w)"
    r"|(?<!\S)(?:<-(?=>)|-(?=>)|<(?=-)|-(?=-)|[><~](?==))(?=\S{1,2}(?!\S))",
    re.IGNORECASE,
)


def sentence(words: Wording, root: str, finding: Insight) -> str:
    """One finding as a sentence; a pair `x`, `all_x` is offered as `x_share` as well."""
    values = dict(finding.values)
    for name, value in finding.values.items():
        if f"all_{name}" in finding.values:
            values[f"{name}_share"] = words.percent(value, finding.values[f"all_{name}"], 1)
    return words(f"{root}.{finding.key}", **{k: _safe(v) for k, v in values.items()})


def findings(words: Wording, root: str, found: Sequence[Insight]) -> None:
    """The findings one after the other, as one paragraph."""
    st.markdown(" ".join(sentence(words, root, finding) for finding in found))


def _safe(value: object) -> object:
    """A name from a file must not turn into markup, a formula or an icon."""
    return escaped(value) if isinstance(value, str) else value


def shortened(name: str) -> str:
    """The name of an office as officials shorten it where it must fit beside a number."""
    return settings().shortened(name)


def refusal(words: Wording, error: Refused) -> str:
    """Why something cannot be done, as Markdown: a command stays a command, all else is text."""
    parts = error.said(words).split("`")
    return "".join(f"`{part}`" if n % 2 else escaped(part) for n, part in enumerate(parts))


def escaped(name: str) -> str:
    """A name that comes from a file, as plain text inside Markdown, on one line.

    A backslash keeps Markdown from reading a sign. Some patterns are sought in the finished text,
    where no backslash helps: addresses become links, :material/...: an icon, -> an arrow. Between
    their signs a joiner without width is put.
    """
    text = visible(name)
    if _PLAIN.fullmatch(text):
        return text
    text = _SOUGHT.sub(lambda found: f"{found[0]}{_JOINER}", text)
    text = _SIGNS.sub(r"\\\g<0>", text)
    return _BEGINNING.sub(r"\g<1>\\\g<2>", text.lstrip())
