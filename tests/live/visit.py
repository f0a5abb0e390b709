"""A visit to a board without a browser: what its server sends for a screen, and how long it takes.

Streamlit's own protocol over its own connection; nothing is drawn. The clock runs from the request
to the last thing the server says of it. `heard` keeps every byte of the connection, for tests that
look for what must not be among them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

# Elements, and the frame around them; the rest of what a server says is about the connection.
DRAWN = ("delta", "ref_hash", "navigation", "logo", "page_config_changed")
Headers = Mapping[str, str] | Sequence[tuple[str, str]]
WHOLE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
PATIENCE = 120.0  # seconds; a wait, not a measurement


@dataclass(frozen=True)
class Place:
    """A screen by its key, and entries of its address."""

    screen: str
    choices: dict[str, str] = field(default_factory=dict)

    def asking(self, **choices: str) -> Place:
        """The same screen with other entries."""
        return Place(self.screen, {**self.choices, **choices})

    def url(self, board: str) -> str:
        return f"{board}/{self.screen}?{urlencode(self.choices)}"


@dataclass(frozen=True)
class Answer:
    """seconds: from the request to the last delta. sent: what is drawn, as it was sent."""

    seconds: float
    sent: list[bytes]
    complaints: list[str]

    @property
    def bytes(self) -> int:
        return sum(map(len, self.sent))


class Visit:
    """One connection, as a tab of a browser has it: caches of a person begin with it."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._session = ""
        self._place = Place("")
        self.heard: list[bytes] = []
        self.fragments: set[str] = set()  # parts of the screen that can run without the rest
        self.files: dict[str, str] = {}  # label of a button for a file -> what asks for the file

    def ask(self, place: Place) -> Answer:
        """Run a screen and take everything it sends; an error on the screen is a complaint."""
        return self._run(place, "")

    def _run(self, place: Place, fragment_id: str) -> Answer:
        self._place = place
        request = BackMsg()
        request.rerun_script.query_string = urlencode(place.choices)
        request.rerun_script.page_name = place.screen
        if fragment_id:
            request.rerun_script.fragment_id = fragment_id
        sent: list[bytes] = []
        complaints: list[str] = []
        began = last = time.perf_counter()
        self._connection.send(request.SerializeToString())
        while True:
            raw, message = self._hear()
            kind = message.WhichOneof("type")
            if kind in DRAWN:
                last = time.perf_counter()
                sent.append(raw)
                complaints += _complaints(message)
                self._note(message)
            elif kind == "page_not_found":
                complaints.append(f"there is no screen {place.screen}")
            elif kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue  # it begins anew by itself
                if message.script_finished not in WHOLE:
                    complaints.append(f"the run ended with {message.script_finished}")
                return Answer(last - began, sent, complaints)

    def run_part(self, fragment_id: str) -> Answer:
        """Run one part of the last screen again, as a click inside it or its clock does."""
        return self._run(Place(self._place.screen, self._place.choices), fragment_id)

    def press(self, file_id: str) -> str:
        """Press the button of a file; the address at which it lies then, or what went wrong."""
        request = BackMsg()
        request.backend_operation_request.request_id = file_id
        request.backend_operation_request.session_id = self._session
        request.backend_operation_request.deferred_file.file_id = file_id
        self._connection.send(request.SerializeToString())
        while True:
            _, message = self._hear()
            if message.WhichOneof("type") == "backend_operation_response":
                answered = message.backend_operation_response
                return str(answered.deferred_file.url or answered.error_msg)

    def _hear(self) -> tuple[bytes, ForwardMsg]:
        raw = self._connection.recv(timeout=PATIENCE, decode=False)
        self.heard.append(raw)
        message = ForwardMsg()
        message.ParseFromString(raw)
        self._session = message.new_session.initialize.session_id or self._session
        return raw, message

    def _note(self, message: ForwardMsg) -> None:
        if message.delta.fragment_id:
            self.fragments.add(message.delta.fragment_id)
        button = message.delta.new_element.download_button
        if button.deferred_file_id:
            self.files[button.label] = button.deferred_file_id


@contextmanager
def visiting(board: str, headers: Headers = ()) -> Iterator[Visit]:
    """A connection to a board by its address, http://127.0.0.1:8501.

    headers: sent with the request for the connection.
    """
    stream = board.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(
        stream, subprotocols=None, max_size=None, proxy=None, additional_headers=headers
    ) as connection:
        yield Visit(connection)


def _complaints(message: ForwardMsg) -> Iterator[str]:
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    if kind == "exception":
        yield f"exception: {element.exception.type}: {element.exception.message}"
    elif kind == "alert" and element.alert.format == Alert.ERROR:
        yield f"error: {element.alert.body}"
