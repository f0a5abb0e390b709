"""After a sign-in somebody comes to the screen he asked for, and to no other place."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection

from pages.ui import way_back


def opening(
    path: str, query: str = "", accept: str = "text/html", **cookies: str
) -> HTTPConnection:
    told = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return HTTPConnection(
        {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": [(b"accept", accept.encode()), (b"cookie", told.encode())],
        }
    )


def led(kept: str, base: str = "") -> str:
    headers = MutableHeaders({"location": "/"})
    way_back.lead(headers, opening("/oauth2callback", board_way=quote(kept)), base)
    return headers["location"]


def test_the_link_that_was_opened_is_kept_whole() -> None:
    asked = opening("/queue", "unit=U2&search=L%C3%AA")

    kept = way_back.asked_for(asked, "/queue")

    assert kept == "/queue?unit=U2&search=L%C3%AA"
    assert led(kept) == kept


@pytest.mark.parametrize(
    ("path", "accept"), [("/", "text/html"), ("/nowhere", "text/html"), ("/queue", "*/*")]
)
def test_what_opens_no_screen_is_not_kept(path: str, accept: str) -> None:
    assert way_back.asked_for(opening(path, accept=accept), path) is None


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "https://evil.example/queue",
        "//queue",
        "//evil.example/queue",
        "/\\evil.example",
        "queue",
        "/auth/logout",
        "/queue?a=1\r\nSet-Cookie: x=y",
        "/queue?á",
    ],
)
def test_a_cookie_that_somebody_put_there_leads_nowhere_else(kept: str) -> None:
    assert led(kept) == "/"


def test_below_a_path_of_the_proxy_the_way_begins_with_it() -> None:
    assert led("/board/queue", base="/board") == "/board/queue"
    assert led("/queue", base="/board") == "/"


def test_an_address_that_no_cookie_could_hold_is_not_kept() -> None:
    assert way_back.asked_for(opening("/queue", "a" * 3000), "/queue") is None
