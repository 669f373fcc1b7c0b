"""Every string that a person reads can be translated, and French is complete."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from tests.house.source import MODULES, PACKAGE, TREES, calls_of

LOCALE = PACKAGE / "words/locale"
FRENCH = LOCALE / "fr/LC_MESSAGES/calmtray.po"
# As in dev.py, beside _: see calmtray.words.language.
KEYWORDS = {**DEFAULT_KEYWORDS, "marked": None, "plural": (1, 2)}


@cache
def french() -> Catalog:
    with FRENCH.open("rb") as file:
        return read_po(file, locale="fr", abort_invalid=True)


def messages() -> list[Message]:
    return [message for message in french() if message.id]


def ids(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (str(message.id),)


def strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (str(message.string or ""),)


def extracted() -> set[tuple[str, ...]]:
    found = extract_from_dir(str(PACKAGE), method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {message if isinstance(message, tuple) else (message,) for _, _, message, _, _ in found}


def places(text: str) -> Iterator[str]:
    """The places in a sentence that are filled later: ``{name}``, ``%s``, ``%(name)r``."""
    yield from (name for _, name, _, _ in Formatter().parse(text) if name is not None)
    yield from re.findall(r"%(?:\(\w+\))?[rsd]", text)


def test_french_has_every_sentence_of_the_source_and_no_other():
    source, catalogue = extracted(), {ids(message) for message in messages()}
    assert sorted(source - catalogue) == [], "run: python3 dev.py messages"
    assert sorted(catalogue - source) == [], "run: python3 dev.py messages"


def test_french_says_every_sentence():
    assert [message.id for message in messages() if not all(strings(message))] == []


def test_french_guesses_at_nothing_and_keeps_nothing_that_is_no_longer_said():
    assert [message.id for message in french() if message.fuzzy] == []
    assert list(french().obsolete) == []


def test_french_has_a_form_for_one_and_a_form_for_many():
    assert french().num_plurals == 2
    assert [message.id for message in messages() if len(ids(message)) > 1 and len(strings(message)) != 2] == []


def test_both_languages_fill_the_same_places():
    unlike = []
    for message in messages():
        wanted = sorted(places(ids(message)[-1]))
        unlike += [message.id for string in strings(message) if string and sorted(places(string)) != wanted]
    assert unlike == []


def test_sentences_begin_and_end_alike_in_both_languages():
    def edges(text: str) -> tuple[bool, bool, str]:
        return text[:1].isspace(), text[-1:].isspace(), text.rstrip()[-1:] if text.rstrip()[-1:] in ".?:…" else ""

    pairs = [
        (text, string) for message in messages() for text, string in zip(ids(message), strings(message), strict=False)
    ]
    assert [text for text, string in pairs if string and edges(text) != edges(string)] == []


# What is marked can be found: the tools that extract sentences read the source, they do not run it.


@pytest.mark.parametrize("name", MODULES)
def test_no_sentence_is_put_together_before_it_is_translated(name):
    wrong = []
    for call in calls_of(TREES[name], "_", "marked", "plural"):
        said = call.args[:2] if call.func.id == "plural" else call.args[:1]  # type: ignore[attr-defined]
        plain = [isinstance(argument, ast.Constant) and isinstance(argument.value, str) for argument in said]
        # A sentence marked elsewhere may come from a table or a variable.
        looked_up = [isinstance(argument, ast.Name | ast.Subscript | ast.Attribute) for argument in said]
        allowed = looked_up if call.func.id == "_" else [False] * len(said)  # type: ignore[attr-defined]
        if not said or not all(one or other for one, other in zip(plain, allowed, strict=True)):
            wrong.append(f"{name}:{call.lineno}")
    assert wrong == []


def test_places_in_sentences_have_names():
    unnamed = [
        text for text in sorted(sum(extracted(), ())) if "" in places(text) or any(p.isdigit() for p in places(text))
    ]
    assert unnamed == []


def test_french_keeps_its_colons_and_quotes_on_the_line():
    broken = [
        text for message in messages() for text in strings(message) if re.search(r"(?<=[^\s\d]) :|« | »|\s[;!?]", text)
    ]
    assert broken == [], "a no-break space before a colon and within « », none before ; ! and ?"
