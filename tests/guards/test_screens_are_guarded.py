"""No screen shows anything before it knows who looks at it."""

from __future__ import annotations

import ast

import pytest

from pages.ui.screens import screens
from tests.guards.project import ROOT, called, imported, listed, python_files, relative, tree

SCREENS = ("pages/leaders/", "pages/staff/", "pages/steward/", "pages/public/")


def statements(key: str) -> list[ast.stmt]:
    """The statements of a screen after its docstring and its imports."""
    body = tree(ROOT / screens()[key].file).body
    return [
        node
        for place, node in enumerate(body)
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (place == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]


def test_there_is_no_page_file_at_the_top_of_pages() -> None:
    # Streamlit would serve it without app.py to whoever knows its address.
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == []


@pytest.mark.parametrize("key", screens())
def test_the_first_statement_lets_the_viewer_in_under_the_screens_own_key(key: str) -> None:
    first = statements(key)[0]

    assert isinstance(first, ast.Assign | ast.Expr)
    assert isinstance(first.value, ast.Call)
    assert called(first.value) == "guard.enter"
    assert [ast.literal_eval(argument) for argument in first.value.args] == [key]


@pytest.mark.parametrize("key", screens())
def test_the_header_asks_a_question_and_names_the_queries(key: str) -> None:
    header = ast.get_docstring(tree(ROOT / screens()[key].file)) or ""

    assert "?" in header
    assert "Queries:" in header


def test_every_file_beside_the_screens_is_a_screen_or_part_of_one() -> None:
    files = {relative(path) for path in python_files(*SCREENS)} - {
        f"{folder}__init__.py" for folder in SCREENS
    }
    known = {screen.file for screen in screens().values()}
    used = {
        f"{name.replace('.', '/')}.py"
        for path in python_files(*SCREENS)
        for name in imported(path)
        if name.startswith("pages.")
    }
    assert files - known - used == set()


@pytest.mark.parametrize(
    ("call", "only_in"),
    [
        # What is drawn or made after its screen asks again whether its viewer may still see it.
        ("st.fragment", "pages/ui/guard.py pages/ui/wall.py pages/public/board_parts.py"),
        ("st.download_button", "pages/ui/downloads.py"),
        # Who is looking is asked in one place.
        ("st.user.to_dict", "pages/ui/identity.py pages/ui/parting.py"),
    ],
)
def test_what_runs_without_its_screen_goes_through_the_guard(call: str, only_in: str) -> None:
    found = {
        relative(path)
        for path in python_files("pages/", "app.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node) == call
    }
    assert found == set(only_in.split())


def test_a_part_of_a_screen_draws_nothing_when_it_is_imported() -> None:
    parts = [
        path
        for path in python_files(*SCREENS)
        if relative(path) not in {screen.file for screen in screens().values()}
    ]
    drawn = [
        f"{relative(path)}:{node.lineno}"
        for path in parts
        for node in tree(path).body
        if isinstance(node, ast.With | ast.For)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call))
    ]
    assert not drawn, listed(drawn)
