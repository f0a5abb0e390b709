"""Debian's nginx in front, as docs/operations.md has it: who somebody is, says the proxy alone."""

from __future__ import annotations

import base64
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from tests.conftest import ROOT, nginx
from tests.live.board import LiveBoard, free_port, live_board
from tests.live.listed import HEADER, KEY, list_people, province
from tests.live.visit import Headers, Place, visiting

pytestmark = pytest.mark.needs_nginx

ONE, OTHER, STRANGER = "one@x.vn", "other@x.vn", "stranger@x.vn"
PATIENCE = 20.0
EVERYTHING = {"period": "all", "as_of": "2024-02-05"}
# Around the server block: what Debian's own nginx.conf says, for a folder of the test's.
AROUND = """
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {documented}
}}
"""


def documented(folder: Path, port: int, board: LiveBoard) -> str:
    """The example of the paper, on a port of this machine and without TLS."""
    paper = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```nginx\n(.*?)^```", paper, re.MULTILINE | re.DOTALL)
    for said, here in [
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        ("http://127.0.0.1:8501", board.url),
        ("/etc/nginx/board.htpasswd", f"{folder}/board.htpasswd"),
        ("the key of access.toml", KEY),
    ]:
        assert said in example
        example = example.replace(said, here)
    return re.sub(r"^\s*ssl_.*\n", "", example, flags=re.MULTILINE)


@contextmanager
def proxied(folder: Path, board: LiveBoard) -> Iterator[str]:
    """nginx in front of a board, with the passwords of three people; gives its address."""
    program, port = nginx(), free_port()
    assert program is not None
    people = "".join(f"{name}:{{PLAIN}}password\n" for name in (ONE, OTHER, STRANGER))
    (folder / "board.htpasswd").write_text(people, encoding="ascii")
    user = "user root;" if os.geteuid() == 0 else ""
    settings = AROUND.format(user=user, folder=folder, documented=documented(folder, port, board))
    (folder / "nginx.conf").write_text(settings, encoding="utf-8")
    running = subprocess.Popen(
        [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"],
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        give_up = time.monotonic() + PATIENCE
        while asked(f"http://127.0.0.1:{port}/_stcore/health", [])[0] == 0:
            assert running.poll() is None, running.stderr and running.stderr.read()
            assert time.monotonic() < give_up
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(timeout=PATIENCE)


def asked(url: str, headers: Headers) -> tuple[int, bytes]:
    """Status and body; status 0 where nobody listens."""
    try:
        request = urllib.request.Request(url, headers=dict(headers))
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()
    except OSError:
        return 0, b""


def password_of(person: str, **more: str) -> dict[str, str]:
    written = base64.b64encode(f"{person}:password".encode()).decode()
    return {"Authorization": f"Basic {written}", **more}


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveBoard]:
    warehouse = province(tmp_path_factory.mktemp("behind-nginx"))
    people = [("One@X.vn", "unit_leader", "U1"), (OTHER, "operator", "")]
    list_people(warehouse, "proxy", people)
    with live_board(warehouse) as running:
        yield running


@pytest.fixture(scope="module")
def front(board: LiveBoard, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with proxied(tmp_path_factory.mktemp("nginx"), board) as url:
        yield url


def sent(url: str, headers: Headers, screen: str = "dossiers") -> bytes:
    with visiting(url, headers) as visit:
        visit.ask(Place(screen, EVERYTHING))
    return b"".join(visit.heard)


def test_who_the_proxy_lets_in_sees_what_the_list_grants(front: str) -> None:
    shown = sent(front, password_of(ONE))

    assert b"QUARTZ-001" in shown
    assert b"ZEPHYR" not in shown


@pytest.mark.parametrize("header", [HEADER, HEADER.lower(), HEADER.replace("-", "_")])
def test_what_a_client_says_of_himself_is_not_handed_on(front: str, header: str) -> None:
    shown = sent(front, password_of(ONE, **{header: OTHER, "X-Board-Key": "z" * 40}))

    assert b"QUARTZ-001" in shown
    assert b"ZEPHYR" not in shown


def test_who_has_no_password_is_not_let_through(front: str) -> None:
    assert asked(front, {HEADER: OTHER})[0] == 401
    with pytest.raises(InvalidStatus, match="401"):
        sent(front, {HEADER: OTHER})


def test_whom_the_proxy_knows_and_the_list_does_not_is_told_whom_to_ask(front: str) -> None:
    shown = sent(front, password_of(STRANGER))

    assert "chưa được cấp quyền".encode() in shown
    assert b"QUARTZ" not in shown
    assert b"ZEPHYR" not in shown


@pytest.mark.parametrize("forged", [{}, {"X-Board-Key": "z" * 40}])
def test_the_board_s_own_port_believes_no_forged_header(
    board: LiveBoard, front: str, forged: dict[str, str]
) -> None:
    assert asked(board.url, {HEADER: OTHER, **forged})[0] == 403
    with pytest.raises(InvalidStatus, match="403"):
        sent(board.url, {HEADER: OTHER, **forged})


def test_files_come_through_the_proxy_to_their_owner_only(front: str) -> None:
    with visiting(front, password_of(ONE)) as visit:
        visit.ask(Place("dossiers", EVERYTHING))
        link = front + visit.press(visit.files["CSV"])

        assert b"QUARTZ-001" in asked(link, password_of(ONE))[1]
        assert asked(link, password_of(OTHER))[0] == 404
        assert asked(link, password_of(STRANGER))[0] == 404
