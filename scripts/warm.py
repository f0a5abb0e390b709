"""Be the first visitor of a board that is starting, so that no person has to be.

    python scripts/warm.py ADDRESS PORT

Two things happen only once per server. Until somebody has opened the start page, Streamlit takes
the folder pages/ for its former kind of multipage app and shows "Page not found" above a screen
that is opened by its address. And whoever comes first waits until the snapshot is open and the
overview's figures are counted. One silent visit to the start page does both.
"""

from __future__ import annotations

import contextlib
import sys
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
VISIT_SECONDS = 120


def base_path() -> str:
    """The path that the board is served under: "" or "/path"."""
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    path = str(settings.get("server", {}).get("baseUrlPath", "")).strip("/")
    return f"/{path}" if path else ""


def is_healthy(host: str) -> bool:
    """Whether the server answers; False while it is not listening yet."""
    try:
        with urllib.request.urlopen(f"http://{host}/_stcore/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def visit(host: str) -> None:
    """Open the start page as a browser does and stay until it is complete."""
    with connect(f"ws://{host}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as board:  # type: ignore[list-item]
        asking = BackMsg()
        asking.rerun_script.query_string = ""
        board.send(asking.SerializeToString())
        give_up = time.monotonic() + VISIT_SECONDS
        while time.monotonic() < give_up:
            said = ForwardMsg()
            said.ParseFromString(board.recv(timeout=VISIT_SECONDS))
            if said.WhichOneof("type") == "script_finished":
                return


def main() -> None:
    """Wait for the server, visit it, and say so only when it did not work."""
    address, port = sys.argv[1], int(sys.argv[2])
    reached = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(address, address)  # noqa: S104
    host = f"{reached}:{port}{base_path()}"
    give_up = time.monotonic() + START_SECONDS
    while not is_healthy(host):
        if time.monotonic() > give_up:
            return  # the server itself says why it did not start
        time.sleep(0.2)
    try:
        visit(host)
    except (OSError, TimeoutError, WebSocketException) as error:
        print(f"The board runs, but its first visit failed ({error}).", file=sys.stderr)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):  # the board was stopped while it started
        main()
