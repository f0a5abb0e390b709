"""A report's text to figures: how many, of what, and which percentage belongs to which count.

A figure's term is looked for in its own clause (between commas, semicolons, brackets), before it
where the clause begins with words ("tiếp nhận 5.957 hồ sơ"), after it where it begins with the
number ("4.947 hồ sơ trước hạn"). Nothing is guessed: a figure whose words no phrase knows keeps no
term and still takes part in sums that the text itself writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.claims.terms import phrases, terms
from pipeline.claims.tokens import Token, tokens
from pipeline.text import nfc

# Marks that end a clause; those that end a sentence as well.
CLAUSE = {",", ";", ":", "(", ")", ".", "!", "?", "–", "—", "-", "•", "="}
SENTENCE = {".", "!", "?"}
_MORE = {"tren", "hon", "vuot"}
_LESS = {"duoi", "chua den", "gan"}
_ABOUT = {"khoang", "xap"}
_FARTHEST = 6  # words between the numbers of a pair


@dataclass(frozen=True)
class Figure:
    """One number of the text: text[start:end], value as written (a percentage as 60.46).

    term: key of claims.toml or None. sentence, clause: numbers that rise through the text.
    group: the figure whose bracket this one stands in (its place in `Reading.figures`), else None.
    of: for a percentage, the place of the count it is the share of; None where the text has none.
    bound: 'more', 'less' or 'about' where the text says so.
    pair: the place of the other number of "165/165"; the first of the two is the part.
    """

    at: int
    start: int
    end: int
    text: str
    value: Decimal
    decimals: int
    is_percent: bool
    is_rounded: bool
    term: str | None
    sentence: int
    clause: int
    group: int | None = None
    of: int | None = None
    bound: str | None = None
    pair: int | None = None


@dataclass(frozen=True)
class Reading:
    """A text and its figures in order. said: terms named anywhere, with or without a number."""

    text: str
    figures: tuple[Figure, ...]
    said: frozenset[str]
    words: tuple[Token, ...]

    @property
    def counts(self) -> list[Figure]:
        return [figure for figure in self.figures if not figure.is_percent]

    @property
    def percents(self) -> list[Figure]:
        return [figure for figure in self.figures if figure.is_percent]

    def of_term(self, term: str) -> list[Figure]:
        """Counts that stand for a term, in the order of the text."""
        return [figure for figure in self.counts if figure.term == term]


@dataclass(frozen=True)
class _Said:
    """A phrase of the vocabulary in the text, by places among the tokens."""

    first: int
    last: int
    term: str


def read(text: str) -> Reading:
    """The figures of a text; any text gives a reading, one without figures an empty one."""
    text = nfc(text)
    found = list(tokens(text))
    said = _phrases(found)
    clauses, sentences = _divided(found, text)
    numbers = [i for i, token in enumerate(found) if token.kind in ("number", "percent")]
    place = {token_at: at for at, token_at in enumerate(numbers)}
    groups = _groups(found, numbers)
    figures: list[Figure] = []
    for at, i in enumerate(numbers):
        token = found[i]
        group = groups.get(i)
        other = _pair(found, i, numbers)
        figures.append(
            Figure(
                at,
                token.start,
                token.end,
                token.text,
                token.value,
                token.decimals,
                token.kind == "percent",
                token.is_rounded,
                _term(i, found, said, clauses, numbers),
                sentences[i],
                clauses[i],
                group=None if group is None else place[group],
                bound=_bound(found, i),
                pair=None if other is None else place[other],
            )
        )
    figures = _wholes_of_pairs(_in_context(figures), said, clauses)
    figures = [_with_count(figure, figures, found, numbers) for figure in figures]
    return Reading(text, tuple(figures), frozenset(one.term for one in said), tuple(found))


def _phrases(found: Sequence[Token]) -> list[_Said]:
    """Phrases of the vocabulary, the longest at each place, never across a number or a mark."""
    words = [token.folded if token.kind == "word" else "" for token in found]
    said: list[_Said] = []
    i = 0
    while i < len(words):
        match = next(
            (
                (phrase, term)
                for phrase, term in phrases()
                if tuple(words[i : i + len(phrase)]) == phrase
            ),
            None,
        )
        if match:
            said.append(_Said(i, i + len(match[0]) - 1, match[1]))
            i += len(match[0])
        else:
            i += 1
    return said


def _divided(found: Sequence[Token], text: str) -> tuple[list[int], list[int]]:
    """Number of the clause and of the sentence of every token."""
    clause = sentence = 0
    clauses, sentences = [], []
    for i, token in enumerate(found):
        if i and "\n" in text[found[i - 1].end : token.start]:
            clause, sentence = clause + 1, sentence + 1
        clauses.append(clause)
        sentences.append(sentence)
        if token.kind == "mark" and token.text in CLAUSE:
            clause += 1
            sentence += token.text in SENTENCE
    return clauses, sentences


def _groups(found: Sequence[Token], numbers: Sequence[int]) -> dict[int, int]:
    """Number token -> the count before the bracket it stands in."""
    groups: dict[int, int] = {}
    heads: list[int | None] = []
    last: int | None = None
    for i, token in enumerate(found):
        if token.text == "(" and token.kind == "mark":
            heads.append(last)
        elif token.text == ")" and token.kind == "mark" and heads:
            last = heads.pop() or last
        elif token.kind == "number":
            if heads and heads[-1] is not None:
                groups[i] = heads[-1]
            elif not heads:
                last = i
        elif token.kind == "percent" and heads and heads[-1] is not None:
            groups[i] = heads[-1]
    return groups


def _term(
    i: int,
    found: Sequence[Token],
    said: Sequence[_Said],
    clauses: Sequence[int],
    numbers: Sequence[int],
) -> str | None:
    """The most particular term among the phrases that belong to the number at token i."""
    beside = [j for j in numbers if clauses[j] == clauses[i] and found[j].kind == found[i].kind]
    mine = [one for one in said if clauses[one.first] == clauses[i]]
    begins_with_words = any(one.last < beside[0] for one in mine)
    before = max((j for j in beside if j < i), default=-1)
    after = min((j for j in beside if j > i), default=len(found))
    if _joined(found, before, i) or _joined(found, i, after):
        belongs = mine  # "165/165 hồ sơ": both numbers stand in one expression
    elif len(beside) == 1:
        belongs = mine
    elif begins_with_words:
        belongs = [one for one in mine if before < one.first < i]
    else:
        belongs = [one for one in mine if i < one.first < after]
    return terms().particular({one.term for one in belongs})


def _joined(found: Sequence[Token], left: int, right: int) -> bool:
    """Whether two numbers are written as "a/b" or as "a hồ sơ trên tổng số b"."""
    if left < 0 or right >= len(found) or not found[left].kind == found[right].kind == "number":
        return False
    between = found[left + 1 : right]
    if len(between) == 1:
        return between[0].text == "/"
    words = [token.folded for token in between if token.kind == "word"]
    return len(words) == len(between) <= _FARTHEST and "tren" in words


def _pair(found: Sequence[Token], i: int, numbers: Sequence[int]) -> int | None:
    """The other number of a pair, by its place among the tokens."""
    for other in numbers:
        if other != i and _joined(found, min(i, other), max(i, other)):
            return other
    return None


def _bound(found: Sequence[Token], i: int) -> str | None:
    before = found[i - 1] if i else None
    if before is None:
        return None
    if before.folded in _MORE or before.text in (">", "≥"):
        return "more"
    if before.folded in _LESS or before.text in ("<", "≤"):
        return "less"
    return "about" if before.folded in _ABOUT else None


def _in_context(figures: Sequence[Figure]) -> list[Figure]:
    """Terms said inside another one: late dossiers among the open ones are overdue."""
    placed: list[Figure] = []
    outer: dict[int, str | None] = {}  # sentence -> the resolved or open figure spoken of last
    for figure in figures:
        term = figure.term
        head = placed[figure.group].term if figure.group is not None else None
        inside = head or outer.get(figure.sentence)
        if term is not None:
            term = terms().inside(term, inside)
        if term in ("open", "resolved") and not figure.is_percent and figure.group is None:
            outer[figure.sentence] = term
        placed.append(replace(figure, term=term))
    return placed


def _wholes_of_pairs(
    figures: Sequence[Figure], said: Sequence[_Said], clauses: Sequence[int]
) -> list[Figure]:
    """The second number of "a/b" is what the first is part of, where the clause names that."""
    placed = list(figures)
    for part in figures:
        if part.pair is None or part.pair < part.at or part.term is None:
            continue
        spoken = {one.term for one in said if clauses[one.first] == part.clause}
        whole = next((term for term in terms().terms[part.term].parts_of if term in spoken), None)
        placed[part.pair] = replace(figures[part.pair], term=whole)
    return placed


def _with_count(
    figure: Figure, figures: Sequence[Figure], found: Sequence[Token], numbers: Sequence[int]
) -> Figure:
    """A percentage with the count it is the share of, where the text has one."""
    if not figure.is_percent:
        return figure
    if figure.group is not None:
        inside = [
            one
            for one in figures[figure.group + 1 : figure.at]
            if not one.is_percent and one.group == figure.group
        ]
        return replace(figure, of=inside[-1].at if inside else figure.group)
    before = [one for one in figures[: figure.at] if not one.is_percent and one.group is None]
    same_clause = [one for one in before if one.clause == figure.clause]
    if same_clause:
        return replace(figure, of=_part(same_clause[-1], figures))
    near = [one for one in before if one.sentence == figure.sentence and not _taken(one, figures)]
    if near and (figure.term is None or figure.term == near[-1].term):
        return replace(figure, of=_part(near[-1], figures))
    following = [
        one
        for one in figures[figure.at + 1 :]
        if not one.is_percent and one.clause == figure.clause + 1
    ]
    opens = numbers[figure.at] + 1
    if following and opens < len(found) and found[opens].text == "(":
        return replace(figure, of=_part(following[0], figures))
    alike = [
        one for one in figures if not one.is_percent and figure.term and one.term == figure.term
    ]
    return replace(figure, of=alike[0].at if alike else None)


def _part(figure: Figure, figures: Sequence[Figure]) -> int:
    """The part of a pair "a/b", or the figure itself."""
    return figure.at if figure.pair is None else min(figure.at, figure.pair)


def _taken(figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a percentage stands already between the count and what comes after it."""
    return any(one.is_percent and one.group == figure.at for one in figures)
