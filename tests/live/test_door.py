"""Whom the server speaks to at all, before any screen."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.conftest import ROOT
from tests.live.board import fetch, free_port, live_board
from tests.live.listed import HEADER, KEY, list_people, province
from tests.live.provider import write_secrets
from tests.live.visit import Place, visiting

PATIENCE = 60
ELSEWHERE = "http://localhost:1/.well-known/openid-configuration"  # nobody is there


def started(warehouse: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A start that must not last, with what it said."""
    return subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", *options],
        cwd=ROOT,
        env={**os.environ, "DUNGHEN_WAREHOUSE": str(warehouse), **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def status(url: str, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=named)) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


@pytest.mark.parametrize("address", ["0.0.0.0", ""])  # noqa: S104
def test_without_sign_in_a_board_that_would_serve_others_does_not_start(
    empty_warehouse: Path, address: str
) -> None:
    port = f"--server.port={free_port()}"
    done = started(empty_warehouse, port, f"--server.address={address}")

    assert done.returncode == 1
    (sentence,) = [line for line in done.stderr.splitlines() if "access.toml" in line]
    assert sentence.startswith("No sign-in is configured, so the board serves this machine only")
    assert "Traceback" not in done.stderr


def test_make_run_refuses_it_in_one_sentence_before_anything_is_started(clone: Path) -> None:
    done = subprocess.run(
        ["scripts/serve.sh", "::", str(free_port()), "data/warehouse"],
        cwd=clone,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert 'set mode = "oidc" or "proxy" in access.toml' in sentence
    assert done.stdout == ""


def test_without_sign_in_a_page_elsewhere_that_calls_itself_this_machine_is_refused(
    empty_warehouse: Path,
) -> None:
    with live_board(empty_warehouse) as board:
        assert status(board.url, Host=f"localhost:{board.port}") == 200
        assert status(board.url, Host=f"evil.example:{board.port}") == 403
        named = f"ws://evil.example:{board.port}/_stcore/stream"
        with (
            socket.create_connection(("127.0.0.1", board.port)) as tcp,
            pytest.raises(InvalidStatus, match="403"),
            connect(named, sock=tcp, origin=Origin(f"http://evil.example:{board.port}")),
        ):
            pass


def test_every_answer_says_that_no_other_page_may_frame_it(empty_warehouse: Path) -> None:
    with live_board(empty_warehouse) as board, urllib.request.urlopen(board.url) as answer:
        assert answer.headers["x-frame-options"] == "SAMEORIGIN"
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {HEADER: "one@x.vn"},
        {HEADER: "one@x.vn", "X-Board-Key": "k" * 39},
        {HEADER: "one@x.vn", "X-Board-Key": KEY, "X-Forwarded-For": "10.0.0.5"},
    ],
    ids=["nothing", "only an identity", "a wrong key", "from another address"],
)
def test_behind_a_proxy_nobody_else_is_answered(
    proxied: tuple[str, Path], sent: dict[str, str]
) -> None:
    url, _ = proxied
    named = {name.replace("-", "_"): value for name, value in sent.items()}

    assert status(url, **named) == 403
    assert status(f"{url}/media/x.csv", **named) == 403
    with pytest.raises(InvalidStatus, match="403"), visiting(url, sent):
        pass
    assert fetch(f"{url}/_stcore/health") == (200, b"ok")


def test_two_identities_in_one_request_are_none(proxied: tuple[str, Path]) -> None:
    url, _ = proxied
    sent = [(HEADER, "one@x.vn"), (HEADER, "other@x.vn"), ("X-Board-Key", KEY)]

    with pytest.raises(InvalidStatus, match="403"), visiting(url, sent):
        pass


def test_a_list_that_breaks_closes_the_board_and_says_why_in_its_log(
    tmp_path: Path,
) -> None:
    warehouse = province(tmp_path / "w")
    path = list_people(warehouse, "proxy", [("one@x.vn", "unit_leader", "U1")])
    entering = {HEADER: "one@x.vn", "X-Board-Key": KEY}
    with live_board(warehouse) as board, visiting(board.url, entering) as visit:
        visit.ask(Place("overview"))
        assert b"QUARTZ" in b"".join(visit.heard)
        path.write_text('mode = "proxy"\n[proxy]\nkeys = 1\n', encoding="utf-8")
        del visit.heard[:]

        visit.ask(Place("overview"))

        assert b"QUARTZ" not in b"".join(visit.heard)
        assert status(board.url, **{HEADER: "one@x.vn", "X-Board-Key": KEY}) == 503
        assert 'access.toml: key "proxy.keys" is not known' in board.said()


@pytest.mark.parametrize(
    ("cookie_secret", "redirect_uri", "said"),
    [
        ("short", "http://127.0.0.1/oauth2callback", "at least 32 random characters"),
        ("c" * 32, "http://127.0.0.1/back", "must end with /oauth2callback"),
        (None, "", "is not complete"),
    ],
)
def test_a_sign_in_that_is_half_configured_does_not_start(
    tmp_path: Path, cookie_secret: str | None, redirect_uri: str, said: str
) -> None:
    list_people(tmp_path, "oidc", [])
    secrets = tmp_path / "none.toml"
    if cookie_secret is not None:
        secrets = write_secrets(tmp_path, redirect_uri, ELSEWHERE, cookie_secret)

    done = started(tmp_path, f"--server.port={free_port()}", f"--secrets.files={secrets}")

    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_key_that_every_user_of_the_machine_may_read_is_refused(tmp_path: Path) -> None:
    list_people(tmp_path, "proxy", []).chmod(0o644)

    done = started(tmp_path, f"--server.port={free_port()}")

    assert done.returncode == 1
    assert "run chmod 600 on it" in done.stderr
    assert KEY not in done.stderr


def test_headers_that_anybody_may_send_are_not_trusted_beside_another_way_of_signing_in(
    empty_warehouse: Path,
) -> None:
    done = started(
        empty_warehouse,
        f"--server.port={free_port()}",
        STREAMLIT_SERVER_TRUSTED_USER_HEADERS='{"X-User": "email"}',
    )

    assert done.returncode == 1
    assert "anybody could say who he is" in done.stderr


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory):
    warehouse = province(tmp_path_factory.mktemp("proxied"))
    list_people(warehouse, "proxy", [("one@x.vn", "unit_leader", "U1")])
    with live_board(warehouse) as board:
        yield board.url, warehouse
