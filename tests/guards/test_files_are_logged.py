"""No row leaves the board but through a function that writes it into the access log first."""

from __future__ import annotations

import ast

from tests.guards.project import at, called, listed, python_files, tree


def test_every_file_of_a_button_is_made_by_logged() -> None:
    wrong = [
        at(path, node)
        for path in python_files("pages/", "app.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and called(node).rpartition(".")[2] == "download_button"
        and not (
            len(node.args) > 1
            and isinstance(node.args[1], ast.Call)
            and called(node.args[1]).rpartition(".")[2] == "logged"
        )
    ]
    assert not wrong, listed(wrong)
