"""Headers are matched whole, and a file's source is recognised only when exactly one fits."""

from __future__ import annotations

import itertools
import unicodedata

import pytest

from pipeline.errors import UnknownSource
from pipeline.headers import match_headers
from pipeline.recognise import choose, recognise
from pipeline.sources import DateAndTime, Source, ready_made

IGATE = [
    "STT",
    "Số hồ sơ",
    "Tên thủ tục hành chính",
    "Tên lĩnh vực",
    "Phòng ban",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Ngày kết thúc xử lý",
    "Cơ quan/đơn vị",
    "Chủ hồ sơ",
    "Số điện thoại",
    "Cán bộ xử lý hiện tại",
    "Trạng thái hồ sơ",
]
IGATE_VARIANT = [
    "Số hồ sơ",
    "Tên thủ tục hành chính",
    "Tên lĩnh vực",
    "Phòng ban",
    "Ngày tiếp nhận",
    "Hạn xử lý",
    "Trạng thái",
]
PROVINCIAL = [
    "STT",
    "Đơn vị tiếp nhận",
    "Lĩnh vực",
    "Tên TTHC",
    "Mã hồ sơ",
    "Trạng thái",
    "Địa chỉ",
    "Chủ hồ sơ",
    "Ngày nhận",
    "Ngày hẹn trả",
    "Ngày kết thúc xử lý",
    "Đơn vị/cá nhân giải quyết",
]
OTHER_LIST = [
    "Mã hồ sơ",
    "Tên thủ tục",
    "Lĩnh vực",
    "Đơn vị xử lý",
    "Ngày nhận hồ sơ",
    "Hạn trả",
    "Ngày hoàn thành",
    "Ngày trả thực tế",
    "Tình trạng",
    "Hình thức nộp",
]
NATIONAL = [
    "MaHoSo",
    "MaTTHC",
    "TenTTHC",
    "MaLinhVuc",
    "TenLinhVuc",
    "KenhThucHien",
    "ChuHoSo",
    "LoaiDoiTuong",
    "NgayNopHoSo",
    "NgayTiepNhan",
    "NgayHenTra",
    "NgayTra",
    "NgayKetThucXuLy",
    "TrangThaiHoSo",
    "DonViXuLy",
    "UyQuyenHoTen",
    "SoDinhDanh",
]
WARD = [
    "maHoSo",
    "tenThuTuc",
    "linhVuc",
    "ngayTiepNhan",
    "ngayHenTra",
    "ngayTra",
    "trangThai",
    "hinhThucNop",
    "donVi",
    "canBo",
    "chuHoSo",
    "soDienThoai",
]
SLIPS = ["Mã phiếu", "Mã hồ sơ", "Đơn vị", "Lĩnh vực", "Ngày khảo sát", "Mức độ hài lòng", "Góp ý"]
KIOSK = ["Mã thiết bị", "Quầy", "Ngày", "Giờ", "Đơn vị", "Đánh giá"]
CONTROL = [
    "Mã hồ sơ",
    "Tên bước",
    "Đơn vị thực hiện",
    "Người nhận",
    "Ngày nhận",
    "Giờ nhận",
    "Hạn xử lý",
    "Ngày hoàn thành",
    "Ghi chú",
]
APOLOGIES = [
    "STT",
    "Mã hồ sơ",
    "Chủ hồ sơ",
    "Tên TTHC",
    "Đơn vị",
    "Ngày hẹn trả",
    "Lý do quá hạn",
    "Ngày hẹn trả mới",
    "Số văn bản",
    "Ngày văn bản",
]
PETITIONS = ["Mã PAKN", "Người gửi", "Nội dung", "Đơn vị xử lý", "Ngày gửi", "Hạn trả lời"]
PROCEDURES = ["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"]
PORTAL = ["ma_thu_tuc", "ten_thu_tuc", "cap_thuc_hien", "linh_vuc", "cach_thuc_thuc_hien", "folder"]
UNITS = ["Mã đơn vị", "Tên đơn vị", "Cấp", "Mã đơn vị cấp trên", "Hiệu lực từ", "Hiệu lực đến"]

EXPORTS = {
    "igate": IGATE,
    "provincial_list": PROVINCIAL,
    "dossier_list": OTHER_LIST,
    "national_sync": NATIONAL,
    "ward_json": WARD,
    "survey_form": SLIPS,
    "survey_kiosk": KIOSK,
    "control_slip": CONTROL,
    "apology_letters": APOLOGIES,
    "feedback": PETITIONS,
    "procedure_list": PROCEDURES,
    "procedure_portal_json": PORTAL,
    "unit_list": UNITS,
}


def dossiers(name: str = "here", **changes: object) -> Source:
    columns = {"dossier_code": ["Mã"], "received_at": ["Ngày nhận"]}
    return Source(
        **{
            "name": name,
            "title_vi": "x",
            "title_en": "x",
            "kind": "dossier",
            "columns": columns,
            **changes,
        }  # type: ignore[arg-type]
    )


def test_every_ready_made_source_has_an_export_here() -> None:
    assert EXPORTS.keys() == ready_made().keys()


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_recognised_as_its_own_source(name: str) -> None:
    assert choose(EXPORTS[name], ready_made()).name == name


@pytest.mark.parametrize(("mine", "other"), list(itertools.permutations(EXPORTS, 2)))
def test_no_source_takes_the_export_of_another(mine: str, other: str) -> None:
    known = ready_made()
    best = recognise(EXPORTS[mine], {name: known[name] for name in (mine, other)})[0]
    assert best.source == mine


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_has_no_header_its_source_does_not_know(name: str) -> None:
    assert match_headers(ready_made()[name], EXPORTS[name]).unknown_headers == []


def test_the_igate_variant_is_igate() -> None:
    assert choose(IGATE_VARIANT, ready_made()).name == "igate"
    match = match_headers(ready_made()["igate"], IGATE_VARIANT)
    assert match.columns["due_at"] == "Hạn xử lý"
    assert match.columns["status"] == "Trạng thái"


def test_headers_are_recognised_without_accents_in_capitals_and_decomposed() -> None:
    shouted = [unicodedata.normalize("NFD", header).upper() for header in IGATE]
    assert choose(shouted, ready_made()).name == "igate"


def test_the_end_in_the_provincial_list_is_the_handing_over() -> None:
    match = match_headers(ready_made()["provincial_list"], PROVINCIAL)
    assert match.columns["handed_over_at"] == "Ngày kết thúc xử lý"
    assert "finished_at" not in match.columns


def test_the_receiving_unit_stands_in_for_a_unit_the_list_does_not_have() -> None:
    match = match_headers(ready_made()["provincial_list"], PROVINCIAL)
    assert match.columns["unit"] == match.columns["receiving_unit"] == "Đơn vị tiếp nhận"


def test_promise_and_handing_over_are_not_mixed_up() -> None:
    headers = ["Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả kết quả", "Ngày trả kết quả"]
    match = match_headers(ready_made()["dossier_list"], headers)
    assert match.columns["due_at"] == "Ngày hẹn trả kết quả"
    assert match.columns["handed_over_at"] == "Ngày trả kết quả"


def test_a_promise_never_feeds_an_end_even_alone() -> None:
    headers = ["Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả kết quả"]
    match = match_headers(ready_made()["dossier_list"], headers)
    assert "handed_over_at" not in match.columns
    assert "finished_at" not in match.columns


def test_a_part_of_a_header_matches_nothing() -> None:
    match = match_headers(dossiers(), ["Mã", "Ngày nhận", "Ngày nhận giấy tờ bổ sung"])
    assert match.unknown_headers == ["Ngày nhận giấy tờ bổ sung"]
    assert match.columns["received_at"] == "Ngày nhận"


def test_a_repeated_header_feeds_nothing_by_itself() -> None:
    match = match_headers(dossiers(), ["Mã", "Ngày nhận", "Ngày nhận (2)"])
    assert match.columns["received_at"] == "Ngày nhận"
    assert match.unknown_headers == ["Ngày nhận (2)"]


def test_a_repeated_header_can_be_named_with_its_number() -> None:
    source = dossiers(
        columns={"dossier_code": ["Mã"], "received_at": ["Ngày"], "finished_at": ["Ngày (2)"]}
    )
    assert match_headers(source, ["Mã", "Ngày", "Ngày (2)"]).columns["finished_at"] == "Ngày (2)"


def test_the_first_alias_wins_and_the_other_header_is_surplus_not_unknown() -> None:
    match = match_headers(ready_made()["igate"], IGATE)
    assert match.columns["unit"] == "Phòng ban"
    assert match.surplus == {"Cơ quan/đơn vị": "unit"}


def test_a_moment_in_two_columns() -> None:
    moment = DateAndTime(date=["Ngày"], time=["Giờ"])
    source = dossiers(columns={"dossier_code": ["Mã"], "received_at": moment})
    assert match_headers(source, ["Mã", "Ngày", "Giờ"]).columns["received_at"] == ("Ngày", "Giờ")
    assert match_headers(source, ["Mã", "Ngày"]).columns["received_at"] == "Ngày"
    assert match_headers(source, ["Mã", "Giờ"]).missing_required == ["received_at"]


def test_every_header_stands_in_exactly_one_group() -> None:
    headers = [*IGATE, "Địa chỉ", "Cột lạ", "Ghi chú"]
    match = match_headers(ready_made()["igate"], headers)
    groups = [
        *match.columns.values(),
        *match.surplus,
        *match.ignored,
        *match.personal,
        *match.unknown_headers,
    ]
    assert sorted(map(str, groups)) == sorted(headers)
    assert match.personal == ["Địa chỉ"]
    assert match.unknown_headers == ["Cột lạ"]


def test_an_alias_that_found_no_header_is_reported_once_per_column() -> None:
    source = dossiers(
        columns={
            "dossier_code": ["Mã", "Số"],
            "received_at": ["Ngày nhận"],
            "due_at": ["Hạn", "Hẹn"],
        }
    )
    match = match_headers(source, ["Mã", "Ngày nhận"])
    assert match.unused_aliases == {"due_at": ["Hạn", "Hẹn"]}


def test_ignored_headers_may_be_given_by_their_beginning() -> None:
    match = match_headers(dossiers(ignored=["q*"]), ["Mã", "Ngày nhận", "q1_01", "Quận"])
    assert match.ignored == ["q1_01", "Quận"]
    assert match_headers(dossiers(ignored=["q1*"]), ["Mã", "q1_01", "Quận"]).ignored == ["q1_01"]


def test_unknown_headers_are_refused_naming_the_nearest_source() -> None:
    with pytest.raises(UnknownSource, match=r"nearest, igate, .* misses received_at"):
        choose(
            ["Số hồ sơ", "Tên thủ tục hành chính", "Phòng ban"], {"igate": ready_made()["igate"]}
        )


def test_headers_nobody_knows_are_refused() -> None:
    with pytest.raises(UnknownSource, match="no source knows any of the headers"):
        choose(["alpha", "beta"], ready_made())


def test_two_sources_that_fit_alike_are_refused_naming_both() -> None:
    twins = {"one": dossiers("one"), "two": dossiers("two")}
    with pytest.raises(UnknownSource, match="one, two"):
        choose(["Mã", "Ngày nhận"], twins)


def test_a_source_with_headers_of_its_own_goes_before_one_that_takes_any_list() -> None:
    any_list = dossiers("any", columns={"dossier_code": ["Mã"], "received_at": ["Ngày nhận"]})
    own = dossiers("own", recognised_by=["Mã", "Ngày nhận"])
    assert choose(["Mã", "Ngày nhận"], {"any": any_list, "own": own}).name == "own"


def test_a_source_is_not_recognised_without_the_headers_it_names() -> None:
    own = dossiers("own", recognised_by=["Số quầy"])
    with pytest.raises(UnknownSource, match="misses Số quầy"):
        choose(["Mã", "Ngày nhận"], {"own": own})


def test_a_file_that_merely_has_a_code_and_a_date_is_not_taken_for_a_dossier_list() -> None:
    headers = ["Mã hồ sơ", "Ngày tiếp nhận", "Tiền", "Biên lai", "Ngân hàng", "Tài khoản"]
    with pytest.raises(UnknownSource, match="knows 33% of them but knows too few headers"):
        choose(headers, ready_made())
