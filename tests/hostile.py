"""Exports in which every text tries to be more than a text, and what it must not become.

`build(folder)` writes them and takes them in; every cell of text carries MARK, so that a test finds
again what came from a file, whatever became of it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import xlsxwriter

from pipeline.ingest import ingest

MARK = "zqm"
AS_OF = "2026-09-30"
OUTSIDE = "http://192.0.2.9"
TEXTS = (
    f"<script>window.hit='{MARK}'</script>",
    f"<img src={OUTSIDE}/{MARK}.png onerror=\"window.hit='{MARK}'\">",
    f"<b>{MARK}</b> <a href='{OUTSIDE}/{MARK}'>{MARK}</a><br>{MARK}",
    f"**{MARK}** _{MARK}_ ~~{MARK}~~ `{MARK}`",
    f"[{MARK}]({OUTSIDE}/{MARK})",
    f"![{MARK}]({OUTSIDE}/{MARK}.png)",
    f":red[{MARK}] :material/home: {MARK}",
    f":smile: {MARK} :streamlit:",
    f"${MARK}^2$ {MARK}",
    f'=HYPERLINK("{OUTSIDE}/{MARK}","{MARK}")',
    f"+1+{MARK}",
    f"-2+3+{MARK}",
    f"@SUM({MARK})",
    f'{MARK}\t"{MARK}"\n{MARK}\'s; =1+{MARK}',
    f"{MARK} \u202e{MARK}\u202c \u2066{MARK}\u2069 \u200b{MARK}",
    f"{MARK}\x07\x1b[31m{MARK}\x9b31m",
    MARK * 120,
    f"- {MARK}",
    f"1. {MARK}",
    f"# {MARK}",
    f"> {MARK}",
    f"{MARK} | {MARK} | {MARK}",
    f"&lt;{MARK}&gt; &amp; {MARK}",
    f"{MARK} -> {MARK} -- {MARK}",
    f"www.{MARK}.invalid {MARK}@example.invalid {OUTSIDE}/{MARK}",
    "{{7*7}} ${7*7} %s {" + MARK + "}",
)
HEADERS = (
    *("Số hồ sơ", "Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Phòng ban", "Nơi tiếp nhận"),
    *("Cán bộ xử lý", "Bước xử lý hiện tại", "Chủ hồ sơ", "Số điện thoại", "Hình thức nộp"),
    *("Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý", "Trạng thái hồ sơ"),
    f"Cột {TEXTS[3]}",
)
# received, due, finished, status: in time, late, overdue, due soon, no due day
COURSES = (
    ("01/09/2026", "10/09/2026", "09/09/2026", "Đã xử lý xong"),
    ("02/09/2026", "11/09/2026", "10/09/2026", "Đã xử lý xong"),
    ("01/09/2026", "10/09/2026", "18/09/2026", "Đã xử lý xong"),
    ("01/09/2026", "15/09/2026", "", "Đang xử lý"),
    ("21/09/2026", "01/10/2026", "", "Đang xử lý"),
    ("22/09/2026", "", "", "Đang xử lý"),
)
ANSWERS = 6  # of each unit: more than are kept back


def build(folder: Path) -> Path:
    """A warehouse full of such texts; returned for `open_snapshot`."""
    files = folder / "files"
    files.mkdir(parents=True)
    name = f"=1+{MARK} **{MARK}** &lt;{MARK}&gt; [{MARK}](x) {MARK}.csv"
    _table(files / name, HEADERS, _dossiers())
    _table(files / f"steps {MARK}.csv", STEPS, _steps())
    _table(files / f"letters {MARK}.csv", LETTERS, _letters())
    _table(files / f"procedures {MARK}.csv", PROCEDURES, _procedures())
    _table(files / f"petitions {MARK}.csv", PETITIONS, _petitions())
    _table(files / f"units {MARK}.csv", UNITS, _units())
    _workbook(files / f"answers {MARK}.xlsx", SLIPS, list(_answers()))
    ingest(sorted(files.iterdir()), folder / "warehouse", publish_anyway=True)
    return folder / "warehouse"


def code(number: int, course: int) -> str:
    """A code that a spreadsheet would take for a number, a formula, or a cell of its own."""
    return f"{'=+-@'[number % 4]}{number:04}{course}-{MARK}" if course else f"00{number:02}"


def _dossiers() -> Iterator[Sequence[str]]:
    for number, text in enumerate(TEXTS):
        for course, (received, due, finished, status) in enumerate(COURSES):
            yield (
                *(code(number, course), f"{number:04}.{MARK}", text, text, text, text),
                *(text, text, text, "0912345678" if course else text, "Trực tiếp"),
                *(received, due, finished, status, text),
            )
        rejected = [text] * 11
        yield (*rejected, "không rõ ngày", "", "", text, text)


STEPS = (
    *("Mã hồ sơ", "Bước số", "Tên bước", "Đơn vị thực hiện", "Người nhận"),
    *("Ngày nhận", "Hạn xử lý", "Ngày hoàn thành", "Ý kiến"),
)


def _steps() -> Iterator[Sequence[str]]:
    for number, text in enumerate(TEXTS):
        for course in range(len(COURSES)):
            yield (
                *(code(number, course), "1", text, text, text),
                *("01/09/2026 08:00", "03/09/2026 17:00", "04/09/2026 09:00", text),
            )


LETTERS = (
    *("Mã hồ sơ", "Đơn vị", "Lần", "Số văn bản", "Ngày xin lỗi"),
    *("Lý do quá hạn", "Ngày hẹn lại"),
)


def _letters() -> Iterator[Sequence[str]]:
    for number, text in enumerate(TEXTS):
        yield (code(number, 3), text, "1", text, "14/09/2026", text, "20/10/2026")


PROCEDURES = (
    *("Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Cấp thực hiện", "Mức độ DVC"),
    *("Cơ quan thực hiện", "4 tại chỗ", "Thời hạn giải quyết"),
)


def _procedures() -> Iterator[Sequence[str]]:
    for number, text in enumerate(TEXTS):
        named = (f"{number:04}.{MARK}", text, text)
        yield (*named, "Cấp tỉnh", "Toàn trình", text, "Có", f"5 ngày làm việc {text}")


PETITIONS = ("Mã phản ánh", "Mã hồ sơ", "Đơn vị xử lý", "Ngày tiếp nhận", "Chủ đề", "Đánh giá")


def _petitions() -> Iterator[Sequence[str]]:
    for number, text in enumerate(TEXTS):
        yield (f"P{number}-{text}", code(number, 3), text, "16/09/2026", text, "Không hài lòng")


UNITS = ("Mã đơn vị", "Tên đơn vị", "Cấp")


def _units() -> Iterator[Sequence[str]]:
    """Besides those that dossiers name: a list of its own would settle which spelling is meant."""
    for number, text in enumerate(TEXTS):
        yield (f"{number:03}-{MARK}", f"Phòng {number:03} {text}", "Phòng")


SLIPS = ("Mã phiếu", "Đơn vị", "Lĩnh vực", "Ngày khảo sát", "Mức độ hài lòng", "Ý kiến góp ý")


def _answers() -> Iterator[Sequence[str]]:
    for number, text in enumerate(TEXTS):
        for answer in range(ANSWERS):
            told = "Không hài lòng" if answer == 0 else "Hài lòng"
            yield (f"{number}-{answer}", text, text, "05/08/2026", told, text)


def _table(path: Path, headers: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=",")
        writer.writerow(headers)
        writer.writerows(rows)


def _workbook(path: Path, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        page = book.add_worksheet(f"=1+{MARK} _{MARK}_"[:31])
        for line, row in enumerate([headers, *rows]):
            for column, text in enumerate(row):
                page.write_string(line, column, text)
