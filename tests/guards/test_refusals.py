"""Every error that a person can meet is a sentence of the catalogue, in every language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from string import Formatter

from pipeline import errors
from pipeline.settings import LOCALE
from pipeline.wording import LANGUAGES, read_catalogue
from tests.guards.project import at, called, imported, listed, python_files, relative, tree

KINDS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.Refused)
}
# Where a key is looked up in a table of keys, or comes from another process.
TABLES = ("pipeline/errors.py", "pipeline/faults.py")
SENTENCES = {
    language: {
        key: {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        for key, text in read_catalogue(LOCALE / language).items()
        if key.startswith("error.")
    }
    for language in LANGUAGES
}


def refusals() -> Iterator[tuple[str, ast.Call, list[str] | None]]:
    """Every error made in the product: its place, the call, its keys; None for no plain key."""
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and called(node).rpartition(".")[2] in KINDS:
                keys = keys_of(node.args[0]) if node.args else None
                if keys is not None or relative(path) not in TABLES:
                    yield at(path, node), node, keys


def keys_of(argument: ast.expr) -> list[str] | None:
    if isinstance(argument, ast.Constant):
        return [str(argument.value)]
    if isinstance(argument, ast.IfExp):
        both = [keys_of(argument.body), keys_of(argument.orelse)]
        return [key for keys in both for key in keys or ["no plain key"]]
    return None


def test_an_error_names_its_sentence_and_never_brings_one_along() -> None:
    wrong = [
        f"{where}: {ast.unparse(node)[:80]}"
        for where, node, keys in refusals()
        if keys is None or any(key not in SENTENCES["vi"] for key in keys)
    ]
    assert not wrong, listed(wrong)


def test_an_error_gives_its_sentence_the_values_it_needs_and_no_others() -> None:
    wrong = [
        f"{where}: {key} in {language} needs {sorted(sentences[key])}, gets {sorted(given)}"
        for where, node, keys in refusals()
        for given in [{one.arg for one in node.keywords if one.arg is not None}]
        for key in keys or []
        for language, sentences in SENTENCES.items()
        if key in sentences and sentences[key] != given
    ]
    assert not wrong, listed(wrong)


def test_a_model_of_a_configuration_file_complains_in_a_sentence_of_the_catalogue() -> None:
    wrong = [
        f"{at(path, node)}: {ast.unparse(node)[:80]}"
        for path in python_files("pipeline/", "pages/")
        if any(name.endswith("_validator") for name in imported(path))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and called(node) == "ValueError"
    ]
    assert not wrong, listed(wrong)


def test_no_sentence_is_left_that_nothing_says() -> None:
    said = {
        node.value
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    unsaid = sorted(set(SENTENCES["vi"]) - said)
    assert not unsaid, listed(unsaid)


def test_a_sentence_ends_as_one() -> None:
    wrong = [
        f"{key} in {language}: {text}"
        for language in LANGUAGES
        for key, text in read_catalogue(LOCALE / language).items()
        if key.startswith("error.") and not text.endswith((".", "}"))
    ]
    assert not wrong, listed(wrong)
