"""What is said about packs: a sentence for every refusal, and numbers as people say them."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from calmtray.practice import archive, packs
from calmtray.practice.packs import Taken
from calmtray.practice.problem import Problem
from calmtray.words import texts
from calmtray.words.pack_texts import _SENTENCES, choice_text, refusal_text, size_text, standing_text, taken_text

SOURCE = "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in (packs, archive))
CODES = sorted(set(re.findall(r'refused\(\s*"([a-z0-9-]+)"', SOURCE)))
RECORDING_CODES = [f"pack-recording-{flaw}" for flaw in ("not-audio", "empty", "too-long")]


def test_there_are_codes_in_the_source():
    assert len(CODES) > 20


@pytest.mark.parametrize("code", [*CODES, *RECORDING_CODES])
def test_every_refusal_has_a_sentence(code):
    assert code in _SENTENCES or code in texts._SENTENCES


def test_no_sentence_is_without_a_refusal():
    assert set(_SENTENCES) - set(CODES) - set(RECORDING_CODES) == set()


@pytest.mark.parametrize("code", _SENTENCES)
def test_a_sentence_is_filled_in_and_stays_on_its_line(code):
    places = {name for _, name, _, _ in Formatter().parse(_SENTENCES[code]) if name and name != "file"}
    told = refusal_text([Problem(code, file="a\n\x1b[2J\u202eb", details=dict.fromkeys(places, "x"))])
    assert "{" not in told
    assert not re.search("[\n\x1b\u202e]", told)
    assert told.endswith((".", "?"))


def test_mistakes_in_many_practices_are_named_up_to_five():
    problems = [Problem("missing", "title", file=f"practices/{n}.toml", details={"key": "title"}) for n in range(9)]
    assert len(refusal_text(problems).splitlines()) == 5


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 kB"), (1, "1 kB"), (999_000, "999 kB"), (1_000_000, "1 MB"), (57_600_044, "58 MB")]
)
def test_a_size_is_said_in_few_letters(size, text):
    assert size_text(size) == text


def test_what_changed_is_told_in_a_line():
    assert taken_text(Taken(("a", "b"), ("c",), ())) == "2 practices added. 1 practice replaced."
    assert taken_text(Taken((), (), ("c", "d"))) == "2 practices left out."


def test_there_are_words_for_every_standing_and_choice():
    for standing, choices in packs.CHOICES.items():
        assert bool(standing_text(standing, "x")) is (standing is not packs.Standing.NEW)
        assert all(choice_text(choice) for choice in choices)
