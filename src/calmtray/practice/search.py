"""Finding a practice by words, in every language at once, however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from calmtray.practice.also_called import ALSO_CALLED
from calmtray.practice.model import Practice

_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "\N{MODIFIER LETTER APOSTROPHE}": " "})
_ACCENTS = re.compile("[\u0300-\u036f]+")
_WORDS = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """The words of a text in small letters without accents or ligatures, a space before each of them.

    Apostrophes, hyphens and other marks part words: ``L’œil`` becomes `` l oeil``.
    """
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    return "".join(f" {word}" for word in _WORDS.findall(plain))


SHORTEST_STEM = 4
"""Fewer letters are no beginning of a word that anybody would recognise in another form of it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    title: str
    said: str
    all: str


class Index:
    """Practices by the words of their titles and summaries, and by what is said of them.

    That is their needs, categories, postures, places and patterns, and what else people call them. ``names``: what each
    but the last two is called, in every language, by its value.
    """

    def __init__(self, practices: Iterable[Practice], names: Mapping[str, Sequence[str]]) -> None:
        self._names = {value: "".join(map(fold, said)) for value, said in names.items()}
        self._left = iter(practices)
        self._entries: list[_Entry] = []

    def read_on(self, number: int) -> bool:
        """Read so many more practices, ahead of whoever will search; whether there may be more."""
        more = [_entry(practice, self._names) for practice in islice(self._left, number)]
        self._entries += more
        return len(more) == number

    def find(self, query: str) -> tuple[str, ...]:
        """The ids of the practices that have every word of the query, or a word that begins so, plurals included.

        First those that have all of them in their title, then those with some there, then those that have them in what
        they say of themselves, then the others; among equals as they came. A query without words finds everything.
        """
        self._entries += [_entry(practice, self._names) for practice in self._left]
        words = [f" {word}" for word in fold(query).split()]
        found: tuple[list[str], ...] = ([], [], [], [])
        for entry in self._entries:
            if all(_is_in(entry.all, word) for word in words):
                in_title = [_is_in(entry.title, word) for word in words]
                there = all(_is_in(entry.said, word) for word in words)
                found[0 if all(in_title) else 1 if any(in_title) else 2 if there else 3].append(entry.id)
        return tuple(id_ for ids in found for id_ in ids)


def _entry(practice: Practice, names: Mapping[str, str]) -> _Entry:
    title, about = (fold("\n".join(words.values())) for words in (practice.title, practice.summary))
    said = (practice.category, *practice.needs, *practice.posture, *practice.places)
    fitting = "".join(names.get(value, "") for value in said)
    breaths = "".join(fold("\n".join(pattern.name.values())) for pattern in practice.patterns)
    also = fold(f"{practice.id} {ALSO_CALLED.get(practice.id, '')}")
    own = title + about + breaths
    return _Entry(practice.id, title, own, own + fitting + also)


def _is_in(words: str, word: str) -> bool:
    """Whether one of them begins so; a plural, or a feminine of French, finds the singular and the masculine."""
    if word in words:
        return True
    for ending in ("s", "e", "es"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > SHORTEST_STEM and stem in words:
            return True
    return False
