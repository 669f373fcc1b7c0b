"""How each sentence is pronounced: one committed line per sentence, which a reader may mend.

A sentence that has its line is taken from there, and only a new one asks espeak-ng. The lexicons mend what that gets
wrong, in old lines and new.
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
LETTER = "[\\w\u0303]"
"""What a phoneme is written with; the tilde of nasal vowels stands apart in Unicode."""


@dataclass(frozen=True, slots=True)
class Mend:
    """Where a sentence holds these words, one pronunciation takes the place of another."""

    words: re.Pattern[str]
    heard: re.Pattern[str]
    instead: str


def pronounced(accent: str, sentences: Iterable[str]) -> dict[str, str]:
    """The phonemes of each sentence, from the accent's book where it stands there."""
    known = _read(accent)
    return {
        sentence: mended(accent, sentence, known.get(sentence) or espeak.phonemes(accent, plain(sentence)))
        for sentence in sentences
    }


def note(accent: str, book: dict[str, str]) -> None:
    """Write the accent's book, if it is another than before."""
    if book != _read(accent):
        (BOOKS / f"{accent}.toml").write_text(tomli_w.dumps(book), encoding="utf-8")


def _read(accent: str) -> dict[str, str]:
    path = BOOKS / f"{accent}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


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
