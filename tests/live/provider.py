"""A real provider of identities for tests, and a board that asks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from oidc_provider_mock import User, run_server_in_thread

from tests.live.board import ROOT, LiveBoard, free_port, live_board

COOKIE_SECRET = "only-for-tests-" * 4


def user(email: str, *, verified: bool = True) -> User:
    """Somebody whom the provider knows, by the name of his account."""
    return User(sub=email, claims={"email": email, "email_verified": verified})


@contextmanager
def provided(*users: User) -> Iterator[str]:
    """A provider of these people; gives the address of its description."""
    with run_server_in_thread(user_claims=users) as server:
        yield f"http://localhost:{server.server_port}/.well-known/openid-configuration"


@contextmanager
def asking_board(
    warehouse: Path, folder: Path, description: str, root: Path = ROOT
) -> Iterator[LiveBoard]:
    """A board that signs people in at a provider; its secrets lie in `folder`."""
    port = free_port()
    secrets = write_secrets(folder, f"http://127.0.0.1:{port}/oauth2callback", description)
    with live_board(warehouse, [f"--secrets.files={secrets}"], root=root, port=port) as board:
        yield board


def write_secrets(
    folder: Path, redirect_uri: str, description: str, cookie_secret: str = COOKIE_SECRET
) -> Path:
    """A secrets.toml as an office writes it."""
    path = folder / "secrets.toml"
    lines: Sequence[str] = [
        "[auth]",
        f'redirect_uri = "{redirect_uri}"',
        f'cookie_secret = "{cookie_secret}"',
        'client_id = "board"',
        'client_secret = "a secret"',
        f'server_metadata_url = "{description}"',
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
