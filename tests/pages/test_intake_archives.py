"""Several files at once on the intake screen: one that nobody knows among those that are known."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import texts
from tests.pages.test_intake import LIST, ROOT, STRANGE, headers


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The screen over a warehouse in which nothing is."""
    monkeypatch.setenv("DUNGHEN_WAREHOUSE", str(tmp_path / "wh"))
    opened = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    opened.query_params["role"] = "steward"
    opened.run()
    return opened.switch_page("pages/steward/intake.py").run()


def zipped(members: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_an_archive_waits_for_the_member_that_nobody_knows_and_names_it(at: AppTest) -> None:
    packed = zipped({"a.csv": LIST, "la.csv": STRANGE, "note.md": "x"})
    at.file_uploader[0].set_value([("day.zip", packed, "application/zip")]).run()
    said = at.error[0].value.replace("\\", "")
    assert said.startswith("Chưa nạp được day.zip: trong đó còn tệp chưa nhận ra (day.zip/la.csv)")
    assert "Không đọc: day.zip/note.md (không đọc được loại tệp này)" in texts(at).replace("\\", "")
    assert not [one for one in at.button if one.key == "intake.go"]  # nor as what a.csv is
    assert not [box for box in at.selectbox if str(box.key).startswith("intake.")]


def test_a_description_serves_every_file_that_was_dropped_with_it(at: AppTest) -> None:
    packed = zipped({"a.csv": LIST, "la.csv": STRANGE})
    alone = ("la.csv", STRANGE.encode(), "text/csv")
    at.file_uploader[0].set_value([("day.zip", packed, "application/zip"), alone]).run()
    headers(at)["Tệp số"].select("dossier_code").run()
    headers(at)["Vào sổ"].select("received_at").run()
    next(one for one in at.button if str(one.key).endswith(".save")).click().run()
    assert not at.exception
    assert not at.error
    assert at.button("intake.go").label == "Nạp 2 tệp"
