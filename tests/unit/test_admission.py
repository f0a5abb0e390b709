"""Who is let in: the office's list, and what a sign-in must say to name somebody of it."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline import admission
from pipeline.admission import ACCESS_VARIABLE, PROXY_CLAIM, Access, access_of, identifier_of
from pipeline.errors import BadConfiguration, NotAdmitted, Refused
from pipeline.settings import CONFIG, parse_configuration

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TODAY = NOW.date()
STAFF = '[[person]]\nid = "An@X.vn "\nname = "An"\nrole = "staff"\nunits = ["U1"]\n'


def listed(text: str) -> Access:
    return parse_configuration("access.toml", text.encode(), Access)


def signed_in(**claims: Any) -> dict[str, Any]:
    told = {"is_logged_in": True, "iat": NOW.timestamp() - 60, "email": "an@x.vn"}
    return told | {"email_verified": True, "provider": "default", "sub": "7"} | claims


def refused(access: Access, claims: dict[str, Any]) -> str:
    with pytest.raises(NotAdmitted) as why:
        access.admitted(identifier_of(access, claims, NOW), TODAY)
    return why.value.key.removeprefix("error.entry.")


def test_without_a_file_nobody_signs_in(tmp_path: Path) -> None:
    assert access_of(tmp_path).mode == "none"


def test_a_file_named_in_vain_is_not_taken_for_no_sign_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ACCESS_VARIABLE, str(tmp_path / "elsewhere.toml"))

    with pytest.raises(BadConfiguration, match=r"elsewhere\.toml, which is not there"):
        access_of(tmp_path)


def test_a_change_of_the_file_holds_at_once_though_its_time_and_size_are_the_same(
    tmp_path: Path,
) -> None:
    path = tmp_path / "access.toml"
    path.write_text('mode = "oidc"\n' + STAFF, encoding="utf-8")
    before = path.stat()
    assert access_of(tmp_path).entry("an@x.vn") is not None

    path.write_text('mode = "oidc"\n' + STAFF.replace("An@X", "Bn@X"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert path.stat().st_size == before.st_size
    assert access_of(tmp_path).entry("an@x.vn") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('mode = "saml"\n', "mode"),
        ('mode = "oidc"\npeople = 3\n', '"people" is not known'),
        ('[[person]]\nid = "a"\nname = "A"\nrole = "king"\n', 'no role "king"'),
        ('[[person]]\nid = "a"\nname = "A"\nrole = "staff"\n', "a: Role"),
        ('[[person]]\nid = "a"\nname = "A"\nrole = "staff"\nunits = []\n', "units"),
        ('[[person]]\nid = " "\nname = "A"\nrole = "operator"\n', "identifier is empty"),
        ('[[person]]\nid = "a"\nname = "A"\nrole = "public"\nunits = ["U1"]\n', "belongs to no"),
        ('[[person]]\nid = "a"\nname = "A"\nrole = "steward"\nunits = ["U1"]\n', "belongs to no"),
        (STAFF + STAFF.replace("An@X.vn ", "an@x.VN"), "an@x.vn stands there twice"),
        (STAFF + "valid_from = 2026-02-01\nvalid_until = 2026-01-01\n", "lies before"),
        ('mode = "proxy"\n', "needs a table [proxy]"),
        ('mode = "proxy"\n[proxy]\nkey = "short"\n', "proxy.key"),
        (f'mode = "proxy"\n[proxy]\nkey = "{"k" * 32}"\naddresses = ["gate"]\n', "no IP address"),
        (f'mode = "proxy"\n[proxy]\nkey = "{"k" * 32}"\nheader = "X User"\n', "proxy.header"),
    ],
)
def test_a_list_that_says_what_cannot_be_meant_is_refused_by_name(text: str, said: str) -> None:
    with pytest.raises(BadConfiguration) as why:
        listed(text)
    assert said in str(why.value)
    assert str(why.value).startswith("access.toml: ")


def test_the_example_is_a_list_that_the_board_takes() -> None:
    example = parse_configuration(
        "access.example.toml", (CONFIG / "access.example.toml").read_bytes(), Access
    )

    assert example.mode == "oidc"
    assert {one.role for one in example.person} >= {"province_leader", "staff", "operator"}


def test_capitals_and_blanks_make_no_other_person() -> None:
    access = listed('mode = "oidc"\n' + STAFF)

    assert identifier_of(access, signed_in(email="  AN@x.VN"), NOW) == "an@x.vn"
    assert access.admitted(" aN@X.vn", TODAY).name == "An"


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({}, "sign_in"),
        ({"is_logged_in": False}, "sign_in"),
        (signed_in(provider="other"), "sign_in"),
        (signed_in(email_verified=False), "unverified"),
        (signed_in(email_verified=None), "unverified"),
        (signed_in(email_verified="false"), "unverified"),
        (signed_in(email=None), "no_claim"),
        (signed_in(email=["an@x.vn"]), "no_claim"),
        (signed_in(email=" "), "no_claim"),
        (signed_in(email="an@x.vn.evil"), "unknown"),
        (signed_in(email="an@\u212a.vn"), "no_claim"),  # the Kelvin sign, whose small letter is k
        (signed_in(iat=(NOW - timedelta(hours=13)).timestamp()), "session_over"),
        (signed_in(iat=None), "session_over"),
        (signed_in(iat=True), "session_over"),
    ],
)
def test_a_sign_in_that_names_nobody_lets_nobody_in(claims: dict[str, Any], why: str) -> None:
    assert refused(listed('mode = "oidc"\n' + STAFF), claims) == why


def test_an_address_that_the_provider_never_calls_verified_needs_the_office_s_word() -> None:
    trusting = listed('mode = "oidc"\n[oidc]\nemail_is_verified_unsaid = true\n' + STAFF)
    claims = signed_in()
    del claims["email_verified"]

    assert identifier_of(trusting, claims, NOW) == "an@x.vn"
    assert refused(trusting, signed_in(email_verified=False)) == "unverified"


def test_a_subject_is_compared_where_the_office_says_so_and_the_address_is_then_nothing() -> None:
    by_subject = listed('mode = "oidc"\n[oidc]\nclaim = "sub"\n' + STAFF)

    assert refused(by_subject, signed_in(sub="other")) == "unknown"
    assert identifier_of(by_subject, signed_in(sub="AN@x.vn"), NOW) == "an@x.vn"


@pytest.mark.parametrize("claims", [{}, {PROXY_CLAIM: None}, {PROXY_CLAIM: "  "}, signed_in()])
def test_a_proxy_that_names_nobody_lets_nobody_in(claims: dict[str, Any]) -> None:
    access = listed(f'mode = "proxy"\n[proxy]\nkey = "{"k" * 32}"\n' + STAFF)

    assert refused(access, claims) == "proxy_says_nobody"
    assert identifier_of(access, {PROXY_CLAIM: "An@x.vn"}, NOW) == "an@x.vn"


@pytest.mark.parametrize(
    ("today", "why"),
    [
        (date(2026, 1, 31), "not_yet"),
        (date(2026, 2, 1), None),
        (date(2026, 2, 28), None),
        (date(2026, 3, 1), "no_longer"),
    ],
)
def test_an_entry_holds_from_its_first_day_to_the_end_of_its_last(
    today: date, why: str | None
) -> None:
    access = listed(STAFF + "valid_from = 2026-02-01\nvalid_until = 2026-02-28\n")

    if why is None:
        assert access.admitted("an@x.vn", today).id == "an@x.vn"
    else:
        with pytest.raises(NotAdmitted) as refusal:
            access.admitted("an@x.vn", today)
        assert refusal.value.key == f"error.entry.{why}"


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "localhost", "[::1]"])
def test_a_board_without_sign_in_may_serve_its_own_machine(address: str) -> None:
    admission.refuse_listening(Access(), address)

    assert admission.is_local(address)


@pytest.mark.parametrize("address", ["", None, "0.0.0.0", "::", "10.0.0.5", "a.vn"])  # noqa: S104
def test_a_board_without_sign_in_may_serve_no_other(address: str | None) -> None:
    with pytest.raises(Refused, match=r"set mode = .* in access\.toml"):
        admission.refuse_listening(Access(), address)
    admission.refuse_listening(listed('mode = "oidc"\n'), address)


def test_one_sign_in_has_one_mark_and_another_has_another() -> None:
    one = admission.session_of(signed_in())

    assert admission.session_of({**signed_in(), "tokens": {"id": "x"}}) == one
    assert admission.session_of(signed_in(nonce="other")) != one
    assert "an@x.vn" not in one
