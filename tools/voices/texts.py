"""What is said: every ``say`` of the bundled practices, cut into sentences and made plain for a phonemiser."""

from __future__ import annotations

import re

from calmtray.practice.library import load
from tools.voices.cast import ROOT

SENTENCE_END = re.compile(r"(?<=[.!?…])([\s\u202f]*[”»\"]?)[\s\u202f]+(?=[^\s\u202f”»])")

PLAIN = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "–": "—"})


def said(lang: str) -> list[str]:
    """Each text once, in the order of the practices' files, to the letter as ``Step.say`` has it."""
    nowhere = ROOT / "tools" / "voices" / "no-own-practices"
    library = load(ROOT / "practices", nowhere)
    texts = (step.say[lang] for practice in library for step in practice.steps if lang in step.say)
    return list(dict.fromkeys(texts))


def sentences(text: str) -> list[str]:
    """One after another; a closing quotation mark stays with what it closes."""
    return SENTENCE_END.sub(r"\1\n", text).split("\n")


def plain(sentence: str) -> str:
    """With straight apostrophes and ordinary spaces, none of them before a full stop's kin or inside « »."""
    return re.sub(r" +(?=[:;!?,.…»])|(?<=«) +", "", sentence.translate(PLAIN))


def words(text: str) -> int:
    """What stands between spaces and is not mere punctuation: "d'abord" is one word, a lone ":" is none."""
    return sum(any(sign.isalnum() for sign in word) for word in text.split())
