"""The pictures of satisfaction: months with their certainty, levels, groups against the target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.leaders.satisfaction_groups import behind_answers, levels_of
from pages.ui import chart, filters, satisfied_months
from pages.ui.chart import Style
from pages.ui.chart_amounts import Bar, flat_bars
from pages.ui.chart_more import Interval, Line, Segment, intervals, split_lines
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import follow, only
from pages.ui.palette import palette
from pages.ui.series import answers_by_month, counts_by_month, reach
from pipeline.settings import settings

Row = Mapping[str, Any]
SHOWN = 12  # groups in the picture; the table below holds all


def by_month(viewer: Viewer, chosen: Filters, scale: str) -> None:
    """The share satisfied month by month on its 95 % band, and how many answered."""
    satisfied_months.draw(
        viewer,
        answers_by_month(viewer, chosen, scale),
        reach(viewer, chosen)[1],
        key=f"satisfaction.months.{chosen.period.key}",
        answers=counts_by_month(viewer, chosen, scale),
        opens=lambda month: filters.take_month(viewer, chosen, month),
    )


def levels(viewer: Viewer, chosen: Filters, total: Row) -> None:
    """Every level as it was chosen, and which of them make up the figures above."""
    words, n, scale = viewer.words, total["n"], total["scale_id"]
    known = levels_of(viewer, scale)
    colours = _colours()
    st.markdown(f"**{words('satisfaction.levels.title')}**")
    mean = words.decimal(total["mean"], 2)
    said = [words("satisfaction.levels.caption", all=n, mean=mean)]
    said += [words("satisfaction.levels.open")] if viewer.can_open("answers") else []
    st.caption(" ".join(said))
    bars = [Bar(words(f"level.{level}"), total[level], colours[level]) for level in known]
    figure = flat_bars(
        bars,
        Style(palette(), viewer.language),
        written=lambda amount: f"{words.number(amount)} ({words.percent(amount, n, 1)})",
    )
    figure.update_xaxes(range=[0, max(bar.amount for bar in bars) * 1.8 or 1])
    chart.show(
        figure,
        alt=words("satisfaction.levels.alt", n=n),
        key="satisfaction.levels",
        opens=(lambda _, at: follow(viewer, behind_answers(chosen, known[at], scale)))
        if viewer.can_open("answers")
        else None,
    )
    st.caption(words("satisfaction.levels.neutral"))
    left_out = total["dont_know"] + total["level_unknown"]
    if left_out:
        st.caption(words("satisfaction.levels.left_out", **total, left_out=left_out))


def compared(viewer: Viewer, chosen: Filters, groups: Sequence[Row], by: str) -> None:
    """Groups on their intervals: those with enough answers by their share, the others by number."""
    words = viewer.words
    shown = [row for row in groups if not row["is_kept_back"] and row["n"]]
    few = [row for row in shown if row["is_small_sample"]]
    enough = [row for row in shown if not row["is_small_sample"]]
    kept_back = sum(row["is_kept_back"] for row in groups)
    n, least = settings().small_sample_n, settings().suppress_below_n
    key = "caption_some" if enough and few else "caption_few" if few else "caption"
    said = [words(f"satisfaction.by.{key}", all=len(groups), n=n, few=len(few))]
    if kept_back:
        said.append(words("satisfaction.by.kept_back", n=least, all=kept_back))
    st.caption(" ".join(said))
    drawn = [*enough[:SHOWN], *few[: max(0, SHOWN - len(enough))]]
    if len(drawn) < 2:  # one alone is what stands above
        return
    target = settings().satisfaction_target
    figure = intervals(
        [
            Interval(
                name,
                row["satisfied_rate"],
                row["satisfied_low"],
                row["satisfied_high"],
                f"{words.number(row['satisfied_rate_numerator'])}/{words.number(row['n'])}",
                few=row["is_small_sample"],
            )
            for row, name in zip(
                drawn, chart.told_apart([row["name"] for row in drawn]), strict=True
            )
        ],
        Style(palette(), viewer.language),
        written=lambda share: words.rate(share, 1),
        target=target,
        target_label=words("pictures.satisfied.target", target=words.rate(target, 0)),
    )
    chart.show(
        figure,
        alt=words("satisfaction.by.alt", n=len(drawn)),
        key=f"satisfaction.by.{by}",
        opens=(
            lambda _, at: follow(
                viewer,
                behind_answers(
                    chosen,
                    "any_satisfied",
                    drawn[at]["scale_id"],
                    **only(by, drawn[at]["group_key"]),
                ),
            )
        )
        if viewer.can_open("answers")
        else None,
    )


def questions(viewer: Viewer, chosen: Filters, questions: Sequence[Row]) -> None:
    """Every question as one bar of its levels, with the share satisfied behind its end."""
    words, colours = viewer.words, _colours()
    st.markdown(f"**{words('satisfaction.questions.title')}**")
    st.caption(_what_to_see(viewer, questions))
    known = levels_of(viewer, questions[0]["scale_id"])
    figure = split_lines(
        [
            Line(
                row["name"],
                f"{words.rate(row['satisfied_rate'], 1)} "
                f"({words.number(row['satisfied_rate_numerator'])}/{words.number(row['n'])})",
                [row[level] for level in known],
            )
            for row in questions
        ],
        [Segment(words(f"level.{level}"), colours[level]) for level in known],
        Style(palette(), viewer.language),
        written=lambda amount, whole: words.percent(amount, whole, 0),
    )
    chart.show(
        figure,
        alt=words("satisfaction.questions.picture_alt", n=len(questions)),
        key="satisfaction.questions.picture",
        opens=(
            lambda level, at: follow(
                viewer,
                behind_answers(
                    chosen, known[level], questions[at]["scale_id"], **asked(questions[at])
                ),
            )
        )
        if viewer.can_open("answers")
        else None,
    )


def asked(question: Row) -> dict[str, str | None]:
    """Entries of the address for one question of one survey."""
    if question["is_overall"]:
        return {}
    return {"question": question["question_id"], "source": question["source"]}


def _what_to_see(viewer: Viewer, questions: Sequence[Row]) -> str:
    """The question with the lowest share."""
    words = viewer.words
    low = min(questions, key=lambda row: (row["satisfied_rate"], row["name"]))
    return words(
        "satisfaction.questions.caption",
        name=low["name"],
        share=words.rate(low["satisfied_rate"], 1),
        numerator=low["satisfied_rate_numerator"],
        denominator=low["n"],
    )


def _colours() -> dict[str, str]:
    """Colour per level: blue is satisfied, orange is not, grey is neither."""
    colours = palette()
    return {
        "very_satisfied": colours.early,
        "satisfied": colours.on_time,
        "neutral": colours.waiting,
        "dissatisfied": colours.late,
        "very_dissatisfied": colours.worst,
    }
