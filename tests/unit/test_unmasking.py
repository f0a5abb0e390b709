"""One dossier's person in clear: for who may, for a purpose, in scope, never without the log."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import audit
from pipeline.access import roles, scope_of
from pipeline.audit import Asked, Entry
from pipeline.errors import BadConfiguration, OutOfScope, Refused
from pipeline.privacy import privacy
from pipeline.scope import Scope
from pipeline.unmasking import Person, Wish, _said, unmask
from pipeline.warehouse import open_snapshot
from tests.snapshots import build, dossier

WISH = Wish("S", "H1", "contact", "gọi bổ sung bản sao giấy tờ")


def board(folder: Path) -> Path:
    return build(
        folder / "warehouse",
        [
            dossier(dossier_code="H1", unit_id="U1"),
            dossier(dossier_code="H2", unit_id="U2", applicant_name="Lê Thị Hoa"),
        ],
    )


def asked(warehouse: Path, scope: Scope, wish: Wish = WISH) -> Person:
    snapshot = open_snapshot(warehouse)
    assert snapshot is not None
    try:
        return unmask(warehouse, snapshot, scope, "an@tinh.vn", wish)
    finally:
        snapshot.close()


def logs(warehouse: Path) -> list[Entry]:
    return list(audit.search(warehouse, Asked()))


def test_a_head_of_unit_sees_the_person_of_one_dossier_and_the_log_says_so(tmp_path: Path) -> None:
    warehouse = board(tmp_path)
    person = asked(warehouse, scope_of("unit_leader", ("U1",)))
    assert (person.name, person.phone) == ("Nguyễn Văn An", "0912345678")
    (entry,) = logs(warehouse)
    assert (entry.event, entry.who, entry.role, entry.what, entry.rows) == (
        *("unmasked", "an@tinh.vn", "unit_leader"),
        *("H1", 1),
    )
    assert (entry.detail["purpose"], entry.detail["reason"]) == ("contact", WISH.reason)
    assert "Nguyễn" not in json.dumps(vars(entry), ensure_ascii=False)


@pytest.mark.parametrize(
    "role", [name for name, r in roles().roles.items() if "unmask" not in r.rights]
)
def test_a_role_without_the_right_sees_nobody(tmp_path: Path, role: str) -> None:
    warehouse = board(tmp_path)
    with pytest.raises(Refused, match="may not see applicants"):
        asked(warehouse, scope_of(role, ("U1",)))
    assert [(one.event, one.detail["why"]) for one in logs(warehouse)] == [
        ("refused", "error.unmask.not_allowed")
    ]


def test_another_units_dossier_is_not_found_and_the_log_does_not_repeat_what_was_typed(
    tmp_path: Path,
) -> None:
    warehouse = board(tmp_path)
    for code in ("H2", "Lê Thị Hoa"):
        with pytest.raises(OutOfScope):
            asked(warehouse, scope_of("unit_leader", ("U1",)), Wish("S", code, "contact", "x" * 9))
    assert {one.event for one in logs(warehouse)} == {"refused"}
    assert not [one for one in logs(warehouse) if "Hoa" in one.what or "H2" in one.what]


@pytest.mark.parametrize(
    ("purpose", "reason"), [("", WISH.reason), ("contact", " .  "), ("x", "y")]
)
def test_without_a_purpose_or_a_reason_nobody_is_shown(
    tmp_path: Path, purpose: str, reason: str
) -> None:
    warehouse = board(tmp_path)
    with pytest.raises(Refused):
        asked(warehouse, scope_of("coordinator"), Wish("S", "H1", purpose, reason))
    assert [one.event for one in logs(warehouse)] == ["refused"]


def test_nobody_unmasks_a_list_one_dossier_after_the_other(tmp_path: Path) -> None:
    warehouse = board(tmp_path)
    (warehouse / "privacy.toml").write_text("[unmask]\nmost_a_day = 2\n", encoding="utf-8")
    for _ in range(2):
        asked(warehouse, scope_of("coordinator"))
    with pytest.raises(Refused, match="the most for a day"):
        asked(warehouse, scope_of("coordinator"))
    assert [one.event for one in logs(warehouse)] == ["refused", "unmasked", "unmasked"]
    snapshot = open_snapshot(warehouse)
    assert snapshot is not None
    unmask(warehouse, snapshot, scope_of("coordinator"), "binh@tinh.vn", WISH)  # somebody else
    snapshot.close()


def test_what_cannot_be_logged_is_not_shown(tmp_path: Path) -> None:
    warehouse = board(tmp_path)
    (warehouse / "audit").write_text("in the way")
    with pytest.raises(Refused, match="cannot be written"):
        asked(warehouse, scope_of("coordinator"))


@given(
    before=st.text(alphabet="abc đê,.", max_size=12),
    name=st.sampled_from(["Nguyễn Văn An", "NGUYEN VAN AN", "nguyễn văn an,"]),
    phone=st.sampled_from(["0912345678", "0912 345 678", "+84912345678", "an.n@x.vn"]),
)
def test_the_reason_loses_the_person_it_speaks_of(before: str, name: str, phone: str) -> None:
    said = _said(f"{before} {name} gọi {phone}", "Nguyễn Văn An", "0912345678")
    assert "345" not in said
    assert "an.n@" not in said
    assert "văn" not in said.lower()
    assert "gọi" in said


def test_an_office_replaces_single_keys_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "privacy.toml"
    own.write_text("[retention]\npersonal_months = 24\n", encoding="utf-8")
    assert privacy(tmp_path).retention.personal_months == 24
    assert privacy(tmp_path).unmask == privacy(tmp_path / "none").unmask
    own.write_text("[retention]\npersonel_months = 24\n", encoding="utf-8")
    with pytest.raises(BadConfiguration, match="personel_months"):
        privacy(tmp_path)
