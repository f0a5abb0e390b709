"""Source files are loaded strictly; what they say is kept when they are saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.canonical import COLUMNS, VOCABULARY
from pipeline.errors import BadConfiguration
from pipeline.sources import (
    DateAndTime,
    Source,
    load_source,
    ready_made,
    save_source,
    source_hash,
    sources,
)
from pipeline.text import fold

SMALLEST = """
name = "here"
title_vi = "Nơi đây"
title_en = "Here"
kind = "dossier"
[columns]
dossier_code = ["Mã hồ sơ"]
received_at = ["Ngày nhận"]
"""
SURVEY = """
name = "asked"
title_vi = "Khảo sát"
title_en = "Survey"
kind = "survey"
"""


def load(tmp_path: Path, text: str) -> Source:
    path = tmp_path / "here.toml"
    path.write_text(text, encoding="utf-8")
    return load_source(path)


def refusal(tmp_path: Path, text: str) -> str:
    with pytest.raises(BadConfiguration) as refused:
        load(tmp_path, text)
    said = str(refused.value)
    assert said.startswith(str(tmp_path / "here.toml"))
    assert said.endswith(".")
    assert "\n" not in said
    return said


def test_the_smallest_source_has_sensible_defaults(tmp_path: Path) -> None:
    source = load(tmp_path, SMALLEST)
    assert (source.time_zone, source.date_order, source.on_time_rule) == (
        "Asia/Ho_Chi_Minh",
        "day_first",
        "day",
    )


def test_a_moment_in_two_columns_is_understood(tmp_path: Path) -> None:
    text = SMALLEST + 'finished_at = { date = ["Ngày xong"], time = ["Giờ xong"] }\n'
    assert load(tmp_path, text).columns["finished_at"] == DateAndTime(
        date=["Ngày xong"], time=["Giờ xong"]
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('colour = "red"\n' + SMALLEST, 'key "colour" is not known'),
        (SMALLEST.replace('kind = "dossier"\n', ""), 'key "kind" is missing'),
        (SMALLEST.replace('"dossier"', '"dosier"'), "key \"kind\" is wrong: 'dosier' is none of"),
        (
            SMALLEST.replace('"here"', '"Here!"'),
            "key \"name\" is wrong: 'Here!' does not have the form",
        ),
        (
            'links_to = ["igate"]\n' + SMALLEST,
            "links_to belongs to kinds step, survey, apology, feedback, not to dossier",
        ),
        (SMALLEST + 'finishd_at = ["x"]', "columns.finishd_at is not a column of kind dossier"),
        (
            SMALLEST + "due_at = [5]",
            'key "columns.due_at.0" is wrong: it must be text in quotes, not 5',
        ),
        (
            SMALLEST.replace('received_at = ["Ngày nhận"]', ""),
            "columns.received_at is missing: a dossier cannot be read without it",
        ),
        (
            SMALLEST.replace('["Ngày nhận"]', "[]"),
            "columns.received_at is missing: a dossier cannot be read without it",
        ),
        (
            SMALLEST + 'finished_at = ["NGAY NHAN"]',
            'the header "NGAY NHAN" is claimed by columns.received_at and by columns.finished_at',
        ),
        (
            'ignored = ["mã hồ sơ"]\n' + SMALLEST,
            "is claimed by columns.dossier_code and by ignored",
        ),
        ('personal = ["Mã hồ sơ"]\n' + SMALLEST, "by columns.dossier_code and by personal"),
        (SMALLEST + 'due_at = ["---"]', "columns.due_at has a header without any letter or digit"),
        (SMALLEST + '[values.status]\ndone = ["Xong"]', "values.status.done is not a value of"),
        (SMALLEST + '[values.unit]\nfinished = ["Xong"]', "values.unit is not a vocabulary"),
        (
            SMALLEST + '[values.status]\nfinished = ["Đã trả"]\nhanded_over = ["da tra"]',
            'the word "da tra" is claimed by finished and by handed_over',
        ),
        (SMALLEST + '[defaults]\nchannel = "paper"', "defaults.channel"),
        (SMALLEST + '[defaults]\ncolour = "red"', "defaults.colour is not a column"),
        (
            'time_zone = "Asia/Saigon2"\n' + SMALLEST,
            'time_zone = "Asia/Saigon2" is not a time zone',
        ),
        ('written_zone = "GMT+seven"\n' + SMALLEST, "written_zone"),
        ('date_order = "year_first"\n' + SMALLEST, 'key "date_order" is wrong: '),
        ('date_formats = ["%d/%m/%Q"]\n' + SMALLEST, '"%d/%m/%Q" has %Q, which no date format'),
        ('date_formats = ["%d/%m/%"]\n' + SMALLEST, "has a lone %"),
        ('date_formats = ["%m/%Y"]\n' + SMALLEST, "must hold a day, a month and a year"),
        (SMALLEST + 'step_name = ["Bước"]', "columns.step_name belongs to a step"),
        (SMALLEST + '[fold]\norder_by = "step_no"', 'fold.order_by = "step_no" is not among'),
        (SMALLEST + '[same_as]\nunit = "receiving_unit"', 'same_as.unit = "receiving_unit" must'),
        (SMALLEST + '[same_as]\nstatus = "received_at"', "cannot share a header"),
        (SMALLEST + '[[questions]]\nid = "q"\ncolumns = ["q"]', "questions belong to kind survey"),
        (
            SMALLEST + 'due_at = ["Ngày trả kết quả"]',
            'the header "Ngày trả kết quả" speaks of an end, not of a promise and cannot be due_at',
        ),
        (
            SMALLEST + 'handed_over_at = ["Ngày hẹn trả kết quả"]',
            "speaks of a promise (hẹn, hạn) and cannot be handed_over_at",
        ),
        (SMALLEST + 'finished_at = ["HanXuLy"]', "speaks of a promise"),
        (SURVEY + '[columns]\ncomment = ["Góp ý"]', "needs exactly one overall answer"),
        (
            SURVEY + '[columns]\nrating = ["Đánh giá"]\n[scale.scores]\ngood = 1',
            "scale.scores.good is not a value of rating",
        ),
        ("name = ", "is not valid TOML"),
    ],
)
def test_a_fault_is_refused_in_one_sentence_naming_the_key(
    tmp_path: Path, written: str, said: str
) -> None:
    assert said in refusal(tmp_path, written)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match=r"nowhere\.toml: there is no such source file"):
        load_source(tmp_path / "nowhere.toml")


def test_a_survey_may_name_its_overall_question(tmp_path: Path) -> None:
    text = SURVEY + '[columns]\n[[questions]]\nid = "q15"\ncolumns = ["q15"]\noverall = true'
    assert load(tmp_path, text).questions[0].overall


@pytest.mark.parametrize("name", ready_made())
def test_a_source_saved_and_loaded_says_the_same(name: str, tmp_path: Path) -> None:
    source = ready_made()[name]
    again = load_source(save_source(source, tmp_path))
    assert again == source
    assert source_hash(again) == source_hash(source)


def test_saving_leaves_no_unfinished_file_behind(tmp_path: Path) -> None:
    save_source(ready_made()["igate"], tmp_path)
    save_source(ready_made()["igate"], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["igate.toml"]


def test_any_change_of_meaning_changes_the_hash() -> None:
    source = ready_made()["igate"]
    assert source_hash(source.model_copy(update={"on_time_rule": "instant"})) != source_hash(source)


def test_the_office_s_source_replaces_the_ready_made_one_of_that_name(tmp_path: Path) -> None:
    ours = ready_made()["igate"].model_copy(update={"title_vi": "iGate của tỉnh"})
    save_source(ours, tmp_path / "sources")
    known = sources(tmp_path)
    assert known["igate"].title_vi == "iGate của tỉnh"
    assert known.keys() == ready_made().keys()
    assert ready_made()["igate"].title_vi != "iGate của tỉnh"


def test_a_source_under_another_file_name_is_refused(tmp_path: Path) -> None:
    saved = save_source(ready_made()["igate"], tmp_path / "sources")
    saved.rename(saved.with_name("copy.toml"))
    with pytest.raises(BadConfiguration, match="differs from the name of the file"):
        sources(tmp_path)


def test_a_warehouse_without_sources_has_the_ready_made_ones(tmp_path: Path) -> None:
    assert sources(tmp_path) == sources(None) == ready_made()


# The names under which these columns were met in exports; every list source must know them.
SYNONYMS = {
    "dossier_code": "Mã hồ sơ, Số hồ sơ, Số biên nhận, Mã số hồ sơ, Mã HS, Số HS, SHS,"
    " so ho so, MaHoSo",
    "procedure": "Tên thủ tục, Tên TTHC, Tên thủ tục hành chính, Thủ tục, TenTTHC",
    "procedure_code": "Mã TTHC, Mã thủ tục, MaTTHC",
    "field": "Lĩnh vực, Tên lĩnh vực, TenLinhVuc",
    "unit": "Phòng ban, Cơ quan/đơn vị, Cơ quan thực hiện, Đơn vị xử lý, Đơn vị giải quyết,"
    " DonViXuLy",
    "receiving_unit": "Đơn vị tiếp nhận",
    "officer": "Cán bộ xử lý, Cán bộ xử lý hiện tại, Người xử lý, Đơn vị/cá nhân giải quyết",
    "applicant_name": "Chủ hồ sơ, Tên chủ hồ sơ, Chủ sử dụng, Người nộp, Tổ chức/cá nhân",
    "applicant_phone": "SĐT, Số điện thoại, Điện thoại, SDT",
    "received_at": "Ngày tiếp nhận, Ngày nhận, Ngày nhận hồ sơ, Thời gian tiếp nhận, NgayTiepNhan",
    "due_at": "Ngày hẹn trả, Ngày hẹn trả kết quả, Hạn xử lý, Hạn trả, Ngày hẹn, Hạn giải quyết,"
    " NgayHenTra",
    "finished_at": "Ngày kết thúc xử lý, Ngày kết thúc, Ngày hoàn thành, Ngày có kết quả,"
    " NgayKetThucXuLy",
    "handed_over_at": "Ngày trả kết quả, Ngày trả, Ngày trả thực tế, NgayTra",
    "status": "Trạng thái, Trạng thái hồ sơ, Tình trạng, Tình trạng hồ sơ",
    "channel": "Hình thức nộp, Hình thức tiếp nhận, Kênh nộp, Kênh thực hiện, Nguồn hồ sơ,"
    " KenhThucHien",
}


@pytest.mark.parametrize("column", SYNONYMS)
def test_the_general_list_knows_every_heading_met_so_far(column: str) -> None:
    aliases = ready_made()["dossier_list"].columns[column]
    assert isinstance(aliases, list)
    known = {fold(alias) for alias in aliases}
    assert {fold(name) for name in SYNONYMS[column].split(",")} <= known


STATUSES = {
    "Mới đăng ký": "submitted",
    "Đã bổ sung – chờ tiếp nhận": "submitted",
    "Không được tiếp nhận": "not_accepted",
    "Không tiếp nhận": "not_accepted",
    "Được tiếp nhận": "in_progress",
    "Đang xử lý": "in_progress",
    "Chờ ký duyệt": "in_progress",
    "Chờ thực hiện liên thông": "in_progress",
    "Đã nhận kết quả liên thông": "in_progress",
    "Chờ thuế": "in_progress",
    "Yêu cầu bổ sung giấy tờ": "awaiting_supplement",
    "Chờ bổ sung hồ sơ": "awaiting_supplement",
    "Yêu cầu thực hiện nghĩa vụ tài chính": "awaiting_payment",
    "Chờ thực hiện NVTC": "awaiting_payment",
    "Công dân yêu cầu rút hồ sơ": "withdrawn",
    "Đã rút hồ sơ": "withdrawn",
    "Dừng xử lý": "stopped",
    "Hồ sơ không xử lý được": "refused",
    "Đã xử lý xong": "finished",
    "Đã trả kết quả": "handed_over",
}


@pytest.mark.parametrize("name", ["igate", "provincial_list", "dossier_list", "ward_json"])
def test_every_status_wording_is_known(name: str) -> None:
    vocabulary = ready_made()[name].values["status"]
    meaning = {fold(word): value for value, words in vocabulary.items() for word in words}
    assert {status: meaning.get(fold(status)) for status in STATUSES} == STATUSES


@pytest.mark.parametrize("name", ["igate", "provincial_list", "dossier_list", "ward_json"])
def test_words_that_offices_mean_differently_stay_unknown(name: str) -> None:
    vocabulary = ready_made()[name].values["status"]
    known = {fold(word) for words in vocabulary.values() for word in words}
    assert not known & {fold("Tạm dừng"), fold("Trả lại")}


def test_the_ten_national_codes() -> None:
    vocabulary = ready_made()["national_sync"].values["status"]
    meaning = {word: value for value, words in vocabulary.items() for word in words}
    assert [meaning[str(code)] for code in range(1, 11)] == [
        "submitted",
        "in_progress",
        "not_accepted",
        "in_progress",
        "awaiting_supplement",
        "awaiting_payment",
        "withdrawn",
        "stopped",
        "finished",
        "handed_over",
    ]


def test_identity_numbers_and_addresses_are_never_columns() -> None:
    for source in ready_made().values():
        if source.kind == "dossier":
            assert source.personal
    forbidden = ("dinh danh", "cccd", "cmnd", "dia chi")
    for source in ready_made().values():
        for aliases in source.columns.values():
            names = aliases if isinstance(aliases, list) else [*aliases.date, *aliases.time]
            assert not [
                name
                for name in names
                if source.kind != "unit" and any(word in fold(name) for word in forbidden)
            ]


def test_canonical_vocabulary_columns_all_have_a_vocabulary() -> None:
    vocabularies = {
        column
        for columns in COLUMNS.values()
        for column, type_ in columns.items()
        if type_ == "vocabulary"
    }
    assert vocabularies == VOCABULARY.keys()
