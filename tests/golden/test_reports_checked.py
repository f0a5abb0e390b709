"""Five published reports, their figures in sentences of ours.

What does not agree is found, and sums that are right are left in peace.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.claims import Finding, check, read

LANG_SON = """
Toàn tỉnh có 1.249 TTHC (1.191 của 16 sở + 25 BHXH + 14 Công an + 19 Điện lực).
Tiếp nhận 521.756 hồ sơ; đã giải quyết 509.560 hồ sơ, trong đó trước hạn và đúng hạn 509.254 hồ sơ
(đạt 99,9%), quá hạn 306 hồ sơ (chiếm 0,06%). Hồ sơ trực tuyến 315.494 hồ sơ, đạt 60,46%.
Thực hiện 4 tại chỗ với 396 TTHC, đạt 32,49%.
Khảo sát 30.468 phiếu: 29.266 rất hài lòng, 1.202 hài lòng, 0 không hài lòng.
""".replace("\n", " ")
TAY_MO = (
    "9 tháng năm 2022 tiếp nhận 5.957 hồ sơ, đã giải quyết 5.943 hồ sơ, đang giải quyết 13 hồ sơ; "
    "trước hạn 4.947 hồ sơ (83,2%), đúng hạn 990 hồ sơ (16,7%), quá hạn 6 hồ sơ (0,1%); "
    "mức độ 3: 459/459 hồ sơ."
)
HAM_THUAN_BAC = (
    "Quý I/2023 có 165/165 hồ sơ quá hạn đã gửi thư xin lỗi. Phát 2.065 phiếu, tỷ lệ hài lòng trên "
    "87%. Hồ sơ trực tuyến 340/345 hồ sơ. Tiếp nhận qua bưu chính 101 hồ sơ, trả tại nhà 91 hồ sơ."
)
INSPECTORATE = (
    "9 tháng năm 2023, giải quyết trước và đúng hạn ở địa phương đạt 90%, ở bộ, ngành đạt 50,2%; "
    "mức độ hài lòng trong xử lý phản ánh, kiến nghị đạt 93% và 76,6%."
)
BAC_NINH = "Mỗi năm gửi hơn 30.000 tin nhắn SMS về tình trạng hồ sơ, công khai thư xin lỗi."


def wrong(text: str) -> dict[str, Finding]:
    found = [one for one in check(read(text)) if one.level == "wrong"]
    assert len({one.kind for one in found}) == len(found), "two findings of one kind"
    return {one.kind: one for one in found}


def test_lang_son_cut_its_online_share_off_and_hides_a_denominator() -> None:
    found = wrong(LANG_SON)

    assert set(found) == {"share_cut_off", "share_differs"}
    online = found["share_cut_off"].values
    assert (online["part"], online["whole"]) == (315_494, 521_756)
    assert (online["written"], online["correct"]) == ("60,46%", Decimal("60.47"))
    spot = found["share_differs"].values
    assert (spot["part"], spot["whole"], spot["correct"]) == (396, 1_249, Decimal("31.71"))
    assert spot["fits"] == 1_219


def test_what_lang_son_added_up_rightly_is_confirmed() -> None:
    holds = [one for one in check(read(LANG_SON)) if one.level == "holds"]

    sums = {one.values["whole"]: one.values["parts"] for one in holds if "parts" in one.values}
    assert sums == {
        1_249: (1_191, 25, 14, 19),
        509_560: (509_254, 306),
        30_468: (29_266, 1_202, 0),
    }
    shares = {one.values["written"] for one in holds if "written" in one.values}
    assert shares == {"99,9%", "0,06%"}


def test_tay_mo_counts_thirteen_where_fourteen_are_left() -> None:
    found = wrong(TAY_MO)

    assert set(found) == {"sum_differs"}
    lost = found["sum_differs"].values
    assert (lost["term_last"], lost["last"], lost["expected"]) == ("open", 13, 14)


def test_ham_thuan_bac_never_says_how_many_slips_came_back() -> None:
    found = wrong(HAM_THUAN_BAC)

    assert set(found) == {"slips_returned_missing"}
    assert found["slips_returned_missing"].values["n"] == 2_065


def test_a_quarter_of_the_year_before_in_the_same_text_is_seen() -> None:
    found = wrong("Quý I/2023 tiếp nhận 2.000 hồ sơ. Kết quả Quý I/2022: giải quyết 1.990 hồ sơ.")

    assert found["periods_differ"].values == {"one": "Quý I/2023", "other": "Quý I/2022"}


@pytest.mark.parametrize("text", [INSPECTORATE, BAC_NINH])
def test_shares_without_counts_are_noted_and_not_called_wrong(text: str) -> None:
    assert not wrong(text)


def test_the_inspectorates_four_shares_are_named_as_unchecked() -> None:
    notes = [one for one in check(read(INSPECTORATE)) if one.kind == "share_without_base"]

    assert [one.values["written"] for one in notes] == ["90%", "50,2%", "93%", "76,6%"]
