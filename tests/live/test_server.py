"""What a started board answers, and to whom."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.board import ROOT, LiveBoard, fetch, live_board


@pytest.fixture(scope="module")
def board(empty_warehouse: Path) -> Iterator[LiveBoard]:
    with live_board(empty_warehouse) as running:
        yield running


def addresses_listened_on(port: int) -> set[str]:
    """Local addresses of the listening sockets on a port, as the kernel writes them."""
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path("/proc/net", table).read_text(encoding="ascii").splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            address, _, at_port = local.partition(":")
            if state == "0A" and int(at_port, 16) == port:
                found.add(address)
    return found


def test_only_this_machine_is_listened_to(board: LiveBoard) -> None:
    loopback = socket.inet_aton("127.0.0.1")[::-1].hex().upper()

    assert addresses_listened_on(board.port) == {loopback}


def test_the_server_is_healthy(board: LiveBoard) -> None:
    assert fetch(f"{board.url}/_stcore/health") == (200, b"ok")


@pytest.mark.parametrize(
    "path",
    [
        "app/static/",
        "app/static/app.py",
        "app/static/../app.py",
        "app/static/data/config/roles.toml",
        "data/config/roles.toml",
        "data/warehouse/current",
        "static/../../../../data/config/roles.toml",
        ".streamlit/config.toml",
    ],
)
def test_no_file_of_the_project_is_served(board: LiveBoard, path: str) -> None:
    status, body = fetch(f"{board.url}/{path}")

    # Streamlit answers an unknown address with its own empty frame; never with our file.
    assert status in (400, 403, 404) or b"<title>Streamlit</title>" in body
    for own in ("app.py", "data/config/roles.toml", ".streamlit/config.toml"):
        assert (ROOT / own).read_bytes() not in body


def test_the_server_cannot_be_driven_over_http(board: LiveBoard) -> None:
    """The interface for automatic drivers stays off: it needs no identity."""
    status, body = fetch(f"{board.url}/_stcore/agent/interact")

    assert status in (403, 404, 405) or b"<title>Streamlit</title>" in body
