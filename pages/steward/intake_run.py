"""What an ingest is doing, what the last one did, and the batches that a threshold holds back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.ui import guard, ingest_run, text
from pages.ui.guard import Viewer
from pages.ui.ingest_run import HELD, HELD_ALONE, Ingested, Run
from pages.ui.links import to_screen
from pages.ui.source_names import source_name
from pages.ui.text import escaped
from pipeline.batch_folder import held
from pipeline.errors import Refused
from pipeline.settings import warehouse_folder

RUN = "intake.run"  # of the session: work under way, or the last that ended
NAMED = 5  # files passed over that are named; the rest is counted
LOOK_AGAIN = 0.5  # seconds


def current() -> Run | None:
    """The viewer's last ingest; None where there was none since he came."""
    run: Run | None = st.session_state.get(RUN)
    return run


def is_running() -> bool:
    """Whether an ingest of this viewer is under way."""
    run = current()
    return run is not None and not run.is_over


def begin(run: Run) -> None:
    """Show this run from now on."""
    st.session_state[RUN] = run
    st.rerun()


@guard.fragment(run_every=LOOK_AGAIN)
def watched(viewer: Viewer) -> None:
    """The steps of the ingest under way as they begin; at its end the screen is drawn anew."""
    run = current()
    if run is None or run.is_over:
        st.rerun()
    steps = run.steps[:]
    with st.container(border=True, gap=None):
        st.markdown(f"**{viewer.words('intake.running')}**")
        for step in steps[:-1]:
            st.status(escaped(step), state="complete", type="step")
        st.status(escaped(steps[-1]) if steps else viewer.words("intake.beginning"), type="step")
        st.caption(viewer.words("intake.running_help"))


def told(viewer: Viewer) -> None:
    """What the last ingest of this viewer did: read = accepted + rejected + duplicate."""
    run = current()
    if run is None or not run.is_over:
        return
    words = viewer.words
    for refusal in run.refusals:
        if refusal.key == HELD_ALONE:
            st.success(words("intake.others_in"), icon=":material/check_circle:")
        elif refusal.key != HELD:  # a batch held back is told below, with what can be done
            why = text.refusal(words, refusal)
            st.error(words("intake.refused", why=why), icon=":material/block:")
    for one in run.done:
        _one_told(viewer, one)
    if any(one.is_news for one in run.done):
        with st.container(horizontal=True):
            for key in ("overview", "quality"):
                to_screen(viewer, key, words(f"intake.to.{key}"), icon=":material/arrow_forward:")


def _one_told(viewer: Viewer, one: Ingested) -> None:
    words = viewer.words
    if not one.is_news:
        st.info(words("intake.no_news"), icon=":material/content_copy:")
        return
    said = words(
        "intake.equation",
        read=one.read,
        accepted=one.accepted,
        rejected=one.rejected,
        duplicate=one.duplicate,
    )
    if one.difference:
        st.error(f"{said} {words('intake.difference', n=words.signed(one.difference))}")
        return
    lines = [said + " " + words("intake.shown_now")]
    for rules, key in ((one.rejects_by_rule, "rejected"), (one.flags, "flagged")):
        if rules:
            listed = "; ".join(
                f"{words(f'rule.{rule}')}: {words.number(n)}"
                for rule, n in Counter(rules).most_common()
            )
            lines.append(words(f"intake.{key}", rules=listed))
    if one.left_out:
        lines.append(words("intake.left_out", n=one.left_out))
    if one.not_kept:
        columns = ", ".join(map(escaped, one.not_kept))
        lines.append(words("intake.not_kept", columns=columns))
    if one.skipped:
        lines.append(words("intake.skipped", files=passed_over(viewer, one.skipped)))
    st.success("  \n".join(lines), icon=":material/check_circle:")


def passed_over(viewer: Viewer, skipped: Sequence[str]) -> str:
    """Files that were not read and why, from "name: reason"; the first few by name."""
    words = viewer.words
    reasons = [one.rpartition(": ") for one in skipped[:NAMED]]
    named = [words(f"skipped.{reason}", name=escaped(name)) for name, _, reason in reasons]
    rest = len(skipped) - len(named)
    return "; ".join([*named, *([words("intake.skipped_more", n=rest)] if rest else [])])


def held_batches(viewer: Viewer) -> None:
    """Batches that a threshold keeps out of the board: the rule, by how much, and what to do."""
    for one in held(warehouse_folder()):
        with st.container(border=True):
            st.warning(_why_held(viewer, one), icon=":material/pause_circle:")
            _decide(viewer, str(one["batch_id"]))


def _why_held(viewer: Viewer, one: dict[str, Any]) -> str:
    words = viewer.words
    why = "; ".join(
        words(
            "quality.held_rule",
            rule=words(f"rule.{rule}"),
            n=n,
            read=one["read"],
            share=words.percent(n, one["read"], 1),
            allowed=f"{words.written(allowed * 100)}%",
        )
        for rule, n, allowed in one["stopped"]
    )
    source = escaped(source_name(one["source"], viewer.language))
    return words("quality.held", source=source, batch=one["batch_id"][:12], why=why)


def _decide(viewer: Viewer, batch_id: str) -> None:
    """Publish it as it is, or throw it away; each asks once more."""
    words = viewer.words
    with st.container(horizontal=True):
        with st.popover(words("intake.held.publish"), icon=":material/publish:"):
            st.markdown(words("intake.held.publish_help"))
            if st.button(
                words("intake.held.publish"),
                key=f"intake.publish.{batch_id}",
                type="primary",
                disabled=is_running(),
            ):
                begin(ingest_run.start_release(batch_id, warehouse_folder(), viewer.identity))
        with st.popover(words("intake.held.discard"), icon=":material/delete:"):
            st.markdown(words("intake.held.discard_help"))
            if st.button(
                words("intake.held.discard"),
                key=f"intake.discard.{batch_id}",
                disabled=is_running(),
            ):
                _discard(viewer, batch_id)


def _discard(viewer: Viewer, batch_id: str) -> None:
    try:
        ingest_run.discard(batch_id, warehouse_folder(), viewer.identity)
    except Refused as refusal:
        st.error(text.refusal(viewer.words, refusal), icon=":material/block:")
        return
    st.session_state.pop(RUN, None)
    st.rerun()
