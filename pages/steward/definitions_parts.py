"""Parts of the page of definitions: everything is generated from metrics.toml."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.ui import guard
from pages.ui.guard import Viewer
from pages.ui.text import escaped
from pipeline.calendar import calendar_version
from pipeline.metrics import Metric, metrics
from pipeline.settings import settings
from pipeline.text import fold

FOUR = ("on_time_rate_a", "on_time_rate_b", "on_time_rate_c", "on_time_rate_d")
STATEMENT_HEIGHT = 320
EXAMPLE = (315_494, 521_756)  # of a published report, whose printed share was cut off, not rounded


def matching(language: str, asked: str) -> Mapping[str, Metric]:
    """The figures whose name, meaning, formula, law or caveat holds every word asked for.

    Accents do not matter. Without a question: all of them, in the order of the file.
    """
    wanted = fold(asked).split()
    return {
        name: one
        for name, one in metrics().items()
        if all(word in _text(name, one, language) for word in wanted)
    }


def four_rates(viewer: Viewer) -> None:
    """The four on-time rates side by side: what each divides by what, and what it comes to now."""
    words = viewer.words
    now = viewer.ask("summary").to_pylist()[0] if viewer.snapshot_id else None
    st.subheader(words("definitions.rates.title"), anchor=False)
    st.caption(words("definitions.rates.caption"))
    for column, name in zip(st.columns(len(FOUR)), FOUR, strict=True):
        one = metrics()[name]
        with column, st.container(border=True, height="stretch", gap="xsmall"):
            st.metric(one.label(viewer.language), words.rate(now[name] if now else None))
            if now:
                st.caption(
                    words(
                        "tiles.of",
                        numerator=now[f"{name}_numerator"],
                        denominator=now[f"{name}_denominator"],
                    )
                )
            st.code(one.formula, language=None, wrap_lines=True)
            st.caption(one.legal_basis)


@guard.fragment()
def listed(viewer: Viewer, found: Mapping[str, Metric]) -> None:
    """The figures by name and meaning; how one is computed is built when somebody opens it."""
    for name, one in found.items():
        language = viewer.language
        row = st.expander(
            f"**{escaped(one.label(language))}** – {escaped(one.definition(language))}",
            key=f"definitions.{name}",
            on_change="rerun",
            type="compact",
        )
        if row.open:
            with row:
                _computed(viewer, name, one)


def _computed(viewer: Viewer, name: str, one: Metric) -> None:
    """One figure: caveat, unit, law, formula, and the statement that all screens run for it."""
    words, language = viewer.words, viewer.language
    if one.caveat(language):
        mind = escaped(one.caveat(language))
        st.markdown(f":material/info: {words('definitions.caveat')}: {mind}")
    said = [words(f"definitions.unit.{one.unit}")]
    if one.better != "none":
        said.append(words(f"definitions.better.{one.better}"))
    if one.legal_basis:
        said.append(f"{words('definitions.basis')}: {escaped(one.legal_basis)}")
    st.caption(" · ".join(said))
    st.code(f"{name} = {one.formula}", language=None, wrap_lines=True)
    st.caption(words("definitions.statement", query=escaped(one.query)))
    st.code(one.statement(), language="sql", height=STATEMENT_HEIGHT)


def notes(viewer: Viewer) -> None:
    """What holds for all figures: rounding, periods, the calendar the working days come from."""
    words = viewer.words
    st.subheader(words("definitions.notes.title"), anchor=False)
    st.markdown(
        words(
            "definitions.notes.rounding",
            numerator=EXAMPLE[0],
            denominator=EXAMPLE[1],
            share=words.percent(*EXAMPLE),
        )
    )
    st.markdown(words("definitions.notes.day"))
    st.markdown(words("definitions.notes.soon", n=settings().due_soon_horizon_days))
    counted_with = viewer.meta.get("calendar_version")
    st.markdown(words("definitions.notes.calendar", version=escaped(calendar_version())))
    if counted_with and counted_with != calendar_version():
        st.warning(
            words("definitions.notes.other_calendar", version=escaped(counted_with)),
            icon=":material/event_busy:",
        )


def _text(name: str, one: Metric, language: str) -> str:
    said = (
        name,
        one.label(language),
        one.definition(language),
        one.formula,
        one.legal_basis,
        one.caveat(language),
    )
    return fold(" ".join(said))
