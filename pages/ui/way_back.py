"""The way back after a sign-in: the screen that somebody asked for before he had to sign in.

Streamlit leads back to the board's own address, whatever link was opened. So the door keeps the
link in the browser while somebody is not signed in, and sends him there once he is. Only an address
of the board itself is kept, and only one that names a screen.
"""

from __future__ import annotations

from http.cookies import SimpleCookie
from urllib.parse import quote, unquote

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection

from pages.ui.screens import screens

NAME = "board_way"
SECONDS = 600  # to sign in; after that the board's own address will do
LONGEST = 2_000  # signs of an address; a browser's cookie holds 4,096


def asked_for(asked: HTTPConnection, path: str) -> str | None:
    """The address to come back to, where this request opens a page; None where it does not.

    path: below server.baseUrlPath.
    """
    if asked.scope["type"] != "http" or asked.scope["method"] != "GET":
        return None
    if "text/html" not in asked.headers.get("accept", "") or not _is_screen(path):
        return None
    query = asked.scope["query_string"].decode("latin-1")
    address = f"{asked.scope['path']}?{query}" if query else str(asked.scope["path"])
    return address if len(address) <= LONGEST else None


def keep(headers: MutableHeaders, address: str) -> None:
    """Let the browser keep the address for a while; no script can read it."""
    headers.append("set-cookie", _cookie(quote(address), SECONDS))


def lead(headers: MutableHeaders, asked: HTTPConnection, base: str) -> None:
    """Send somebody who has just signed in where he wanted to go, and forget it.

    base: "" or what stands before every address, "/board".
    """
    kept = unquote(asked.cookies.get(NAME, ""))
    path = kept.partition("?")[0]
    if not (path.startswith(base) and _is_screen(path.removeprefix(base))):
        return
    if not (kept.isascii() and kept.isprintable()):
        return
    headers["location"] = kept
    headers.append("set-cookie", _cookie("", 0))


def _is_screen(path: str) -> bool:
    """Exactly one sign before the name: with two a browser would take the name for a host."""
    return path.startswith("/") and path[1:] in screens()


def _cookie(value: str, seconds: int) -> str:
    made = SimpleCookie({NAME: value})
    made[NAME].update({"path": "/", "max-age": str(seconds), "samesite": "lax"})
    return f"{made[NAME].OutputString()}; HttpOnly"
