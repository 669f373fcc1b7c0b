"""How each sentence is pronounced: one committed line per sentence, as espeak-ng writes it.

A sentence that has its line is taken from there, and only a new one asks espeak-ng. What that gets wrong is mended
whenever a line is spoken: a word by the lexicons, a sentence by the line that a reader put in its place, by hand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import tomli_w

from tools.voices import espeak
from tools.voices.cast import HERE
from tools.voices.texts import plain

BOOKS = HERE / "phonemes"
BY_HAND = "by-hand"
"""The table of a book that holds the readers' lines. They are spoken to the letter: no lexicon touches them."""

LETTER = "[\\w\u0303]"
"""What a phoneme is written with; the tilde of nasal vowels stands apart in Unicode."""


@dataclass(frozen=True, slots=True)
class Mend:
    """Where a sentence holds these words, one pronunciation takes the place of another."""

    words: re.Pattern[str]
    heard: re.Pattern[str]
    instead: str


@dataclass(frozen=True, slots=True)
class Book:
    """An accent's lines by their sentences: espeak-ng's of every one, and a reader's of a few."""

    heard: dict[str, str]
    by_hand: dict[str, str]


def pronounced(accent: str, sentences: Iterable[str]) -> dict[str, str]:
    """The phonemes of each sentence, as they are spoken."""
    book = read(accent)
    return {
        sentence: book.by_hand.get(sentence) or mended(accent, sentence, _heard(accent, book, sentence))
        for sentence in sentences
    }


def note(accent: str, sentences: Iterable[str]) -> None:
    """Let the accent's book hold these sentences, in this order, and no others."""
    before = read(accent)
    heard = {sentence: _heard(accent, before, sentence) for sentence in sentences}
    by_hand = {sentence: line for sentence, line in before.by_hand.items() if sentence in heard}
    text = tomli_w.dumps({**heard, BY_HAND: by_hand})
    path = BOOKS / f"{accent}.toml"
    if not path.exists() or text != path.read_text(encoding="utf-8"):
        path.write_text(text, encoding="utf-8")


def read(accent: str) -> Book:
    """The accent's book; an empty one before the first recording."""
    path = BOOKS / f"{accent}.toml"
    lines = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    by_hand = lines.pop(BY_HAND, {})
    return Book(lines, by_hand)


def _heard(accent: str, book: Book, sentence: str) -> str:
    return book.heard.get(sentence) or espeak.phonemes(accent, plain(sentence))


def mended(accent: str, sentence: str, phonemes: str) -> str:
    """With what the lexicons know better."""
    for mend in _mends(accent):
        if mend.words.search(plain(sentence)):
            phonemes = mend.heard.sub(mend.instead, phonemes)
    return phonemes


@cache
def _mends(accent: str) -> list[Mend]:
    path = HERE / f"lexicon-{accent[:2]}.toml"
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["mend"]
    return [
        Mend(_whole(words, r"\w", re.IGNORECASE), _whole(heard, LETTER), instead)
        for entry in entries
        if accent in entry.get("accents", [accent])
        for words, (heard, instead) in entry["words"].items()
    ]


def _whole(words: str, letter: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(f"(?<!{letter}){re.escape(words)}(?!{letter})", flags)
