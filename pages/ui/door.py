"""The door of the server: what every request passes before Streamlit sees it.

A screen's guard decides what somebody sees; this decides who may speak to the server at all, and to
whom it hands a file, which Streamlit would give to anybody with the link.
"""

from __future__ import annotations

import hmac
import ipaddress
import json
import os
import sys
from datetime import UTC, datetime
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.auth_util import (
    get_origin_from_redirect_uri,
    get_secrets_auth_section,
    validate_auth_credentials,
)
from streamlit.errors import StreamlitAuthError
from streamlit.runtime import Runtime
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.web.server.starlette import starlette_websocket
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from pages.ui import identity, ownership, way_back
from pipeline import sessions
from pipeline.admission import (
    KEY_HEADER,
    PROXY_CLAIM,
    Access,
    Mode,
    Person,
    Proxy,
    access_of,
    is_local,
    refuse_listening,
    refuse_read_by_others,
    session_of,
)
from pipeline.errors import NotAdmitted, Refused
from pipeline.settings import warehouse_folder
from pipeline.wording import LANGUAGES, wording

HEALTH = "/_stcore/health"
COUNTS = "/_stcore/metrics"  # how many look at the board: for the machine alone
MEDIA = "/media/"
CALLBACK = "/oauth2callback"
SIGN_OUT = "/auth/logout"
UPLOAD = "/_stcore/upload_file/"
SECRET_SIGNS = 32
# For every answer: nobody else's page may frame the board, and no address of it is told outside.
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
}
NOT_KEPT = {"cache-control": "private, no-store"}


def stands_open() -> list[Middleware]:
    """The door for a server that starts now. Ends the process where it may not start so."""
    try:
        listed = access_of()
        refuse_listening(listed, config.get_option("server.address"))
        _refuse_half_configured(listed)
    except Refused as refused:
        language = os.environ.get("DUNGHEN_LANG", "en")
        sys.exit(refused.said(wording(language if language in LANGUAGES else "en")))
    if listed.proxy is not None and listed.mode == "proxy":
        config.set_option("server.trustedUserHeaders", {listed.proxy.header: PROXY_CLAIM})
    sessions.forget(warehouse_folder(), listed.session_hours, datetime.now(UTC))
    identity.remember_mode(listed.mode)
    return [Middleware(Door, mode=listed.mode)]


class Door:
    """One way of signing in for the life of the server; people and keys are read each time."""

    def __init__(self, app: ASGIApp, mode: Mode) -> None:
        self._app = app
        self._mode = mode

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        path, asked = _path(scope), HTTPConnection(scope)
        if self._mode == "oidc" and path == SIGN_OUT:
            _end(asked)
        refusal = None if path == HEALTH else self._refusal(asked, path)
        if refusal is not None:
            await _refuse(refusal, scope, receive, send)
            return

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._tell(MutableHeaders(raw=message["headers"]), asked, path)
            await send(message)

        await self._app(scope, receive, telling)

    def _tell(self, headers: MutableHeaders, asked: HTTPConnection, path: str) -> None:
        """What every answer says besides."""
        for name, value in (HEADERS | NOT_KEPT if path.startswith(MEDIA) else HEADERS).items():
            headers.setdefault(name, value)
        if self._mode != "oidc":
            return
        if path == CALLBACK:
            if _signs_in(headers):
                way_back.lead(headers, asked, _base())
        elif USER_COOKIE_NAME not in asked.cookies:
            address = way_back.asked_for(asked, path)
            if address is not None:
                way_back.keep(headers, address)

    def _refusal(self, asked: HTTPConnection, path: str) -> PlainTextResponse | None:
        """Why a request goes no further, None where it does."""
        if self._mode == "none":
            return None if _is_of_this_machine(asked) else _answer(403, "door.local_only")
        if path == COUNTS:
            return _answer(404, "door.nothing_here")
        try:
            listed = access_of()
        except Refused:
            return _answer(503, "error.entry.closed")
        if self._mode == "proxy" and not _comes_from(listed.proxy, asked):
            return _answer(403, "door.proxy_only")
        if path.startswith((MEDIA, UPLOAD)):
            return None if _may_have(listed, asked, path) else _answer(404, "door.nothing_here")
        return None


def _is_of_this_machine(asked: HTTPConnection) -> bool:
    """Came in on this machine's own address, and for it: a page elsewhere that has given its own
    name this machine's address (DNS rebinding) names another host."""
    server = asked.scope.get("server")
    host = asked.headers.get("host", "")
    bare = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return server is not None and is_local(server[0]) and is_local(bare)


def _comes_from(proxy: Proxy | None, asked: HTTPConnection) -> bool:
    """From the address of the proxy, with its key, and with one identity at most."""
    if proxy is None or asked.client is None:
        return False
    keys = asked.headers.getlist(KEY_HEADER)
    if len(keys) != 1 or not hmac.compare_digest(keys[0].encode(), proxy.key.encode()):
        return False
    if len(asked.headers.getlist(proxy.header)) > 1:
        return False
    return _address(asked.client.host) in {_address(one) for one in proxy.addresses}


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _may_have(listed: Access, asked: HTTPConnection, path: str) -> bool:
    """Whether a file is for whoever asks: one to take away is its owner's, a picture anybody's."""
    if path.startswith(UPLOAD):
        return _person(listed, asked) is not None
    found = Runtime.instance().media_file_mgr.read_file(path.removeprefix(MEDIA))
    if found is None or found.kind != MediaFileKind.DOWNLOADABLE:
        return True
    person = _person(listed, asked)
    return person is not None and ownership.is_owned(found.content, person.id)


def _person(listed: Access, asked: HTTPConnection) -> Person | None:
    try:
        return identity.admitted(listed, _claims(listed, asked))
    except NotAdmitted:
        return None


def _claims(listed: Access, asked: HTTPConnection) -> dict[str, Any]:
    """What a plain request says of who sends it, as the screens' connection would."""
    if listed.mode == "proxy" and listed.proxy is not None:
        return {PROXY_CLAIM: asked.headers.get(listed.proxy.header)}
    return _told_by_cookie(asked)


def _told_by_cookie(asked: HTTPConnection) -> dict[str, Any]:
    cookie = starlette_websocket._get_signed_cookie_with_chunks(asked.cookies, USER_COOKIE_NAME)
    if not cookie:
        return {}
    try:
        told = json.loads(cookie)
    except ValueError:
        return {}
    if told.pop("origin", None) != get_origin_from_redirect_uri():
        return {}
    return {"is_logged_in": told.pop("is_logged_in", False), **told}


def _refuse_half_configured(listed: Access) -> None:
    """Raises Refused where a way of signing in lacks something, or another one stands beside it."""
    if listed.mode != "proxy" and config.get_option("server.trustedUserHeaders"):
        raise Refused("error.entry.headers_without_proxy")
    if listed.mode == "proxy":
        refuse_read_by_others(warehouse_folder())
    if listed.mode != "oidc":
        return
    try:
        validate_auth_credentials(listed.oidc.provider)
    except StreamlitAuthError as problem:
        raise Refused("error.entry.no_secrets", why=" ".join(str(problem).split())) from problem
    auth = get_secrets_auth_section()
    if len(str(auth["cookie_secret"])) < SECRET_SIGNS:
        why = Refused("error.entry.weak_secret")
        raise Refused("error.entry.no_secrets", why=why)
    if not str(auth["redirect_uri"]).endswith("/oauth2callback"):
        raise Refused("error.entry.no_secrets", why=Refused("error.entry.bad_redirect"))


def _end(asked: HTTPConnection) -> None:
    """End a sign-in by whatever way somebody signs out, in every tab and for every copy."""
    claims = _told_by_cookie(asked)
    session = session_of(claims)
    if claims.get("is_logged_in") and not sessions.is_ended(warehouse_folder(), session):
        sessions.end(warehouse_folder(), session, datetime.now(UTC))


def _signs_in(headers: MutableHeaders) -> bool:
    """Whether an answer brings the cookie of a sign-in, and does not take one away."""
    cookies = [one.lower() for one in headers.getlist("set-cookie")]
    return any(one.startswith(f"{USER_COOKIE_NAME}=") and "max-age=0" not in one for one in cookies)


def _base() -> str:
    """What stands before every address of the board: server.baseUrlPath, "" without one."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def _path(scope: Scope) -> str:
    """The path below server.baseUrlPath."""
    return str(scope["path"]).removeprefix(_base())


def _answer(status: int, key: str) -> PlainTextResponse:
    return PlainTextResponse(
        "\n".join(wording(language)(key) for language in LANGUAGES) + "\n", status
    )


async def _refuse(refusal: PlainTextResponse, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
        return
    await refusal(scope, receive, send)
