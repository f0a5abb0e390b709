"""Every text a person reads exists in both languages, and none stands in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from pages.ui.screens import screens
from pipeline.settings import LOCALE
from pipeline.wording import LANGUAGES, missing_keys, read_catalogue
from tests.guards.project import at, called, listed, python_files, tree

CATALOGUE = {language: set(read_catalogue(LOCALE / language)) for language in LANGUAGES}
VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
# The board's own name is the same in every language.
NAMES = ("Đúng Hẹn",)


def exists(key: str, keys: set[str]) -> bool:
    return key in keys or f"{key}_other" in keys


def texts_asked_for() -> Iterator[tuple[str, ast.expr]]:
    """First arguments of calls to a catalogue: words("..."), viewer.words(f"...")."""
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and node.args:
                name = called(node)
                if name.rpartition(".")[2] == "words" or name.endswith("wording()"):
                    yield at(path, node), node.args[0]


def keys_of(argument: ast.expr) -> Iterator[str]:
    """The keys an argument can name; a changing part stands as '*'."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.IfExp):
        yield from keys_of(argument.body)
        yield from keys_of(argument.orelse)
    elif isinstance(argument, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else "*" for part in argument.values
        )


def test_both_languages_have_the_same_texts() -> None:
    complaints = missing_keys()
    assert not complaints, listed(complaints)


def test_every_text_that_is_asked_for_exists() -> None:
    missing = [
        f'{where}: "{key}" in {language}'
        for where, argument in texts_asked_for()
        for key in keys_of(argument)
        for language, keys in CATALOGUE.items()
        if "*" not in key and not exists(key, keys)
    ]
    assert not missing, listed(missing)


def test_a_key_with_a_changing_part_fits_some_text() -> None:
    missing = [
        f'{where}: "{key}" in {language}'
        for where, argument in texts_asked_for()
        for key in keys_of(argument)
        for language, keys in CATALOGUE.items()
        if "." in key.partition("*")[0]
        and "*" in key
        and not any(
            re.fullmatch(".+".join(map(re.escape, key.split("*"))), known.removesuffix("_other"))
            for known in keys
        )
    ]
    assert not missing, listed(missing)


def test_every_screen_has_a_title_and_says_what_it_is_about() -> None:
    missing = [
        f"{key}.{part} in {language}"
        for key in screens()
        for part in ("title", "about")
        for language, keys in CATALOGUE.items()
        if f"{key}.{part}" not in keys
    ]
    assert not missing, listed(missing)


def test_no_text_for_people_stands_in_a_screen() -> None:
    found = [
        f'{at(path, node)}: "{node.value}"'
        for path in python_files("pages/", "app.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and VIETNAMESE.search(node.value)
        and node.value not in NAMES
        and not is_docstring(node, tree(path))
    ]
    assert not found, listed(found)


def is_docstring(constant: ast.Constant, module: ast.Module) -> bool:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return any(
        isinstance(node.body[0], ast.Expr) and node.body[0].value is constant
        for node in ast.walk(module)
        if isinstance(node, holders) and node.body
    )
