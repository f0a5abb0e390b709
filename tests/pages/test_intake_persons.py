"""What the steward is told of columns about persons that were not kept."""

from __future__ import annotations

from pathlib import Path

from pages.steward import intake_run
from pages.ui import ingest_run
from pages.ui.identity import Identity
from tests.pages.conftest import OpenPage

STEWARD = Identity("steward", (), "vi", "binh@tinh.vn")
LIST = """Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái,Đơn vị xử lý,Số CCCD
H1,02/01/2024,10/01/2024,Đang xử lý,Xã A,012345678901
,04/01/2024,12/01/2024,Đang xử lý,Xã A,012345678901
"""


def test_columns_about_persons_that_were_not_kept_are_named(
    tmp_path: Path, warehouse: Path, open_page: OpenPage
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    done = ingest_run.ingest([file], warehouse, STEWARD)
    assert done.not_kept == ["Số CCCD"]

    app = open_page("intake", role="steward")
    app.session_state[intake_run.RUN] = ingest_run.Run(done=[done], is_over=True)
    app.run()

    said = "\n".join(one.value for one in app.success)
    assert "Không lưu các cột thông tin cá nhân không màn hình nào cần: Số CCCD" in said
    assert "012345678901" not in said
