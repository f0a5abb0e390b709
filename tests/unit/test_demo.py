"""The demo's exports: reproducible, of every shape, and never over somebody's own files."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import batch_folder, demo
from pipeline.demo import marker
from pipeline.errors import Refused
from pipeline.ingest import land
from pipeline.progress import SilentProgress
from pipeline.readers.vietnamese_bytes import TCVN3
from pipeline.sorting import sort_files
from pipeline.sources import ready_made

ROOT = Path(__file__).resolve().parents[2]
HEADER = "Số hồ sơ"


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> demo.DemoSummary:
    return demo.write(tmp_path_factory.mktemp("demo"), dossiers=500, seed=7)


def digests(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def newest(summary: demo.DemoSummary) -> Path:
    return summary.exports[-1]


def test_another_process_with_another_hash_seed_writes_the_same_bytes(
    summary: demo.DemoSummary, tmp_path: Path
) -> None:
    script = (
        "import sys; from pathlib import Path; from pipeline import demo;"
        "demo.write(Path(sys.argv[1]), dossiers=500, seed=7)"
    )
    environment = os.environ | {"PYTHONHASHSEED": "4711", "TZ": "America/New_York"}
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "again")],
        cwd=ROOT,
        env=environment,
        check=True,
    )
    assert digests(tmp_path / "again") == digests(summary.out)


def test_another_seed_writes_other_dossiers(summary: demo.DemoSummary, tmp_path: Path) -> None:
    other = demo.write(tmp_path / "other", dossiers=500, seed=8)
    ours, theirs = digests(summary.out), digests(other.out)
    assert ours.keys() == theirs.keys()
    # The lists of units and procedures and the markers are left out, they do not hang on luck; and
    # the answer of a commune that had nothing under way.
    dossiers = [name for name in ours if "danh-muc" not in name and not name.endswith(demo.MARKER)]
    dossiers = [
        name for name in dossiers if b'"content": []' not in (summary.out / name).read_bytes()
    ]
    assert len(dossiers) > 20
    assert not [name for name in dossiers if ours[name] == theirs[name]]


def test_the_newest_exports_are_named_after_the_documented_day(summary: demo.DemoSummary) -> None:
    assert summary.as_of == demo.DEFAULT_AS_OF
    assert newest(summary).name == "2026-11-20"
    assert list(summary.exports) == sorted(summary.exports)


def test_workbooks_are_workbooks_and_the_xls_is_a_web_page(summary: demo.DemoSummary) -> None:
    book = newest(summary) / "igate" / "DS_HoSo_So_Nganh_1.xlsx"
    page = newest(summary) / "mot-cua-tinh" / "danh_sach_ho_so.xls"
    assert zipfile.is_zipfile(book)
    assert page.read_bytes().startswith(b"<html>")
    assert "<script>" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("dong-bo-quoc-gia/dongbo_capxa_20261120.csv.gz", b"\x1f\x8b"),
        ("dong-bo-quoc-gia/dongbo_nganhdoc.parquet", b"PAR1"),
        ("dong-bo-quoc-gia/dongbo_caphuyen.zip", b"PK\x03\x04"),
        ("igate/DS_HoSo_SoNNMT.csv", b"\xef\xbb\xbf"),
        ("igate/DS_HoSo_SoTuPhap.csv", b"\xff\xfe"),
        ("mot-cua-cap-xa/h99_101_hoso.json", b'{\n "content": ['),
    ],
)
def test_a_file_starts_as_its_shape_does(summary: demo.DemoSummary, name: str, head: bytes) -> None:
    assert (newest(summary) / name).read_bytes().startswith(head)


def test_packed_csv_holds_the_national_field_names(summary: demo.DemoSummary) -> None:
    packed = newest(summary) / "dong-bo-quoc-gia" / "dongbo_capxa_20261120.csv.gz"
    header = gzip.decompress(packed.read_bytes()).split(b"\r\n")[0].decode()
    assert header.startswith("MaHoSo,MaTTHC,TenTTHC")


def test_every_line_of_json_lines_is_one_dossier(summary: demo.DemoSummary) -> None:
    lines = (newest(summary) / "mot-cua-cap-xa" / "h99_116_hoso.jsonl").read_text().splitlines()
    assert {json.loads(line)["maDonVi"] for line in lines} <= {"H99.116", None}
    assert lines


def test_old_encodings_are_not_unicode(summary: demo.DemoSummary) -> None:
    folder = newest(summary) / "igate"
    windows = (folder / "DS_HoSo_BQLKCN.csv").read_bytes()
    tcvn3 = (folder / "HOSO_NNPTNT_CU.csv").read_bytes()
    assert windows.decode("cp1258").startswith("Sô\u0301 hô\u0300 sơ")
    assert "".join(TCVN3.get(byte, chr(byte)) for byte in tcvn3).startswith(HEADER)
    for content in (windows, tcvn3):
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")
        assert b"?" not in content.split(b"\r\n")[0]


def test_every_folder_of_exports_says_that_it_is_invented(summary: demo.DemoSummary) -> None:
    folders = [path for path in summary.out.rglob("*") if path.is_dir()]
    assert len(folders) > 10
    for folder in [summary.out, *folders]:
        assert marker.read(folder)["invented"] is True
    assert marker.read(summary.out) == summary.as_dict()


def test_every_export_says_so_itself_where_it_lies_elsewhere(
    summary: demo.DemoSummary, tmp_path: Path
) -> None:
    for day in (summary.exports[0], newest(summary)):
        shutil.copytree(day, tmp_path / day.name, ignore=shutil.ignore_patterns(demo.MARKER))
    groups = sort_files([tmp_path], ready_made(), None).groups
    told = {}
    for group in groups:
        batch = land(group, tmp_path / "w", progress=SilentProgress())
        told[group.source.name] = batch_folder.is_invented(tmp_path / "w", batch)
    assert len(told) > 10
    assert [source for source, is_invented in told.items() if not is_invented] == []


def test_the_marker_is_no_file_that_was_passed_over(summary: demo.DemoSummary) -> None:
    files = sort_files([newest(summary)], ready_made(), None)
    assert files.groups
    assert [name for name in files.skipped if demo.MARKER in str(name)] == []


def test_the_marker_does_not_tell_where_it_was_written(summary: demo.DemoSummary) -> None:
    assert str(summary.out) not in (summary.out / demo.MARKER).read_text()


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "2026-11-20" / "bao-cao.xlsx"
    kept.parent.mkdir()
    kept.write_bytes(b"real")
    with pytest.raises(Refused, match="holds files that the demo did not write"):
        demo.write(tmp_path, dossiers=500)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [kept]


def test_an_earlier_demo_is_replaced(tmp_path: Path) -> None:
    first = demo.write(tmp_path, dossiers=500, as_of=datetime(2026, 3, 2, 9))
    second = demo.write(tmp_path, dossiers=500)
    assert not first.exports[-1].exists()
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == [
        export.name for export in second.exports
    ]


def test_a_marker_cannot_send_the_broom_elsewhere(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    out = tmp_path / "demo"
    out.mkdir()
    (out / demo.MARKER).write_text(json.dumps({"exports": ["../outside", str(outside)]}))
    marker.make_room(out)
    assert outside.is_dir()


@pytest.mark.parametrize(
    ("dossiers", "seed", "as_of", "why"),
    [
        (499, 7, None, "at least 500 dossiers"),
        (500, -1, None, "seed -1 is negative"),
        (500, 7, datetime(2026, 1, 5, tzinfo=UTC), "has a time zone"),
        (500, 7, datetime(2019, 1, 5), "outside 2025-2090"),
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_is_written(
    tmp_path: Path, dossiers: int, seed: int, as_of: datetime | None, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        demo.write(tmp_path / "new", dossiers=dossiers, seed=seed, as_of=as_of)
    assert not (tmp_path / "new").exists()
