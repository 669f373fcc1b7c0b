"""What is wrong with a calendar has a sentence, in both languages."""

from __future__ import annotations

import re

import pytest

from calmtray.calendars.asking import UNREAD
from calmtray.practice.problem import Detail, Problem
from calmtray.words.agenda_texts import _SENTENCES, agenda_problem_text
from calmtray.words.language import use_language
from tests.house.source import PACKAGE

SOURCES = [*(PACKAGE / "calendars").glob("*.py"), PACKAGE / "own_agenda.py"]
CODES = {code for path in SOURCES for code in re.findall(r'"(agenda-[a-z0-9-]+)"', path.read_text(encoding="utf-8"))}
DETAILS: dict[str, Detail] = {"reason": "no permission", "most": 64, "count": 3}


def test_every_code_has_a_sentence_and_every_sentence_a_code():
    assert set(_SENTENCES) == CODES
    assert UNREAD < CODES


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("code", sorted(CODES))
def test_it_is_one_line_that_begins_with_the_file(code, lang):
    use_language(lang)
    said = agenda_problem_text(Problem(code, file="a\nb.ics", details=DETAILS))
    assert said.startswith("a b.ics: ")
    assert said[-1] in ".?"
    assert "\n" not in said
    assert "{" not in said
    assert agenda_problem_text(Problem(code, details=DETAILS)) == said.removeprefix("a b.ics: ")
