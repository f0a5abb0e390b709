"""What all known sources together know of headers and words: the ground for proposing a new one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pipeline.canonical import COLUMNS
from pipeline.personal import kind_of
from pipeline.source_rules import aliases, may_hold
from pipeline.sources import Source
from pipeline.text import fold

# Parts of headers, after `fold`, that suggest a column where no alias fits. Only ever proposed,
# never used for reading: a person confirms every one. The first that fits counts.
_SUGGESTIVE: tuple[tuple[str, str], ...] = (
    (r"\b(hen|han|du kien)\b.*\b(dau|goc|ban dau)\b", "first_due_at"),
    (r"\b(hen|han|du kien|deadline|target|due)\b|phai (xong|tra)", "due_at"),
    (r"planned|expected", "due_at"),  # an end that is only planned is a promise
    (r"yeu cau bo sung", "supplement_requested_at"),
    (r"bo sung", "supplement_completed_at"),
    (r"\bky\b", "result_signed_at"),
    (r"tu choi|\brut\b|\bdung\b", "ended_at"),
    (r"tiep nhan|\bnhan\b|\bopen|receiv|start", "received_at"),
    (r"ket thuc|hoan thanh|\bxong\b|clos|finish|enddate|\bend\b", "finished_at"),
    (r"\btra\b|handed", "handed_over_at"),
    (r"\bnop\b|submit", "submitted_at"),
    (r"khao sat|danh gia|tra loi|answer", "answered_at"),
    (r"on ?time|overdue|(qua|dung|tre|truoc) han", "late_flag"),
    (r"trang thai|tinh trang|tinh hinh|status|state", "status"),
    (r"hinh thuc|kenh|nguon|channel|\bsource\b|\bmethod\b", "channel"),
    (r"hinh thuc|kenh|nguon|channel|\bsource\b|\bmethod\b", "survey_channel"),
    (r"(ma|so).*(tthc|thu tuc)|^(ma|code)( so)?$", "procedure_code"),
    (r"tthc|thu tuc|loai (viec|ho so)|procedure|^(ten|name)$", "procedure"),
    (r"(ma|so|id|code).*(ho so|phieu|bien nhan|\bhs\b|case|dossier)", "dossier_code"),
    (r"(ho so|case|dossier).*(ma|so|id|code|name|number)\b", "dossier_code"),
    (r"^id$|(ma|so|id) phieu|response", "response_id"),
    (r"linh vuc|field", "field"),
    (r"(dien thoai|\bsdt\b|phone)", "applicant_phone"),
    (r"chu ho so|nguoi (nop|dan)|applicant", "applicant_name"),
    # The events of a dossier: headers of event logs, and of lists with a row per stage.
    (r"^concept name$|activity|\bbuoc\b|cong doan", "step_name"),
    (r"timestamp|thoi diem (xong|chuyen)", "step_finished_at"),
    (r"^org resource$", "step_officer"),
    (r"^org group$", "step_unit"),
    (r"can bo|nguoi (xu ly|thu ly)|officer|responsible", "officer"),
    (r"ma (don vi|phong|co quan)|^(ma|code)$", "unit_code"),
    (r"don vi|phong|co quan|department|\bunit\b|^(ten|name|full ?name)$", "unit"),
    (r"ma (cha|cap tren)|parent ?code|^ma ?goc$", "parent_code"),
    (r"hai long|danh gia|rating|satisf", "rating"),
    (r"y kien|gop y|comment", "comment"),
)


class Knowledge:
    """Headers and words of many sources, by kind."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._columns: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._meanings: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._ignored: set[tuple[str, str]] = set()
        self._personal: set[str] = set()
        for source in sources:
            for _, owner, header in aliases(source):
                column = owner.partition(":")[0]
                if column != "question":
                    self._columns[source.kind, fold(header)][column] += 1
            self._ignored.update((source.kind, fold(header)) for header in source.ignored)
            self._personal.update(map(fold, source.personal))
            for column, vocabulary in source.values.items():
                for value, words in vocabulary.items():
                    for word in words:
                        self._meanings[column, fold(word)].add(value)

    def column(self, kind: str, header: str) -> str | None:
        """The column that most sources of the kind feed from this header."""
        known = self._columns.get((kind, fold(header)))
        return known.most_common(1)[0][0] if known else None

    def suggestions(self, kind: str, header: str, content: str) -> list[tuple[int, str]]:
        """Columns that parts of the header suggest and that the content ("time"...) allows, each
        with its rank: of two headers for one column, the one with the lower rank is the surer.
        """
        key = fold(header)
        found = []
        for rank, (pattern, column) in enumerate(_SUGGESTIVE):
            type_ = COLUMNS[kind].get(column)
            fits = type_ is not None and (type_ == "time") == (content == "time")
            if fits and re.search(pattern, key) and may_hold(column, header):
                found.append((rank, column))
        return found[:1]

    def meaning(self, column: str, word: str) -> str | None:
        """The canonical value of a word, where all sources that know it agree."""
        known = self._meanings.get((column, fold(word)), set())
        return next(iter(known)) if len(known) == 1 else None

    def vocabulary_of(self, kind: str, words: Mapping[str, int]) -> str | None:
        """The vocabulary column of the kind that knows most rows of a column, if more than half."""
        known = {
            column: sum(n for word, n in words.items() if self._tells(column, word))
            for column, type_ in COLUMNS[kind].items()
            if type_ == "vocabulary"
        }
        best = max(known, key=lambda column: known[column], default=None)
        return best if best and known[best] * 2 > sum(words.values()) else None

    def _tells(self, column: str, word: str) -> bool:
        # a bare "4" is a status here and a rating there
        return not word.isdigit() and self.meaning(column, word) is not None

    def is_ignored(self, kind: str, header: str) -> bool:
        return (kind, fold(header)) in self._ignored

    def is_personal(self, header: str) -> bool:
        """Whether a header speaks of what is never stored: identity number, address, birth."""
        return fold(header) in self._personal or kind_of(header) is not None
