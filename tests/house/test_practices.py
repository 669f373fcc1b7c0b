"""What the bundled practices say beside what ``practice.lint`` asks of every practice (tests/practice/test_lint.py)."""

from __future__ import annotations

import re

import pytest

from calmtray.practice.library import read_practice
from calmtray.practice.model import LANGUAGES, Grade, Practice
from tests.practice.bundled import FILES, SHARED

PRACTICES = [read_practice(path, SHARED) for path in FILES]


def said(practice: Practice, lang: str) -> list[str]:
    """Everything it says to the user, but for why it may help."""
    texts = (practice.title, practice.summary, practice.caution, *(step.say for step in practice.steps))
    return [text[lang] for text in texts if text]


every_practice = pytest.mark.parametrize("practice", PRACTICES, ids=lambda practice: practice.id)
both_languages = pytest.mark.parametrize("lang", LANGUAGES)


@every_practice
def test_it_speaks_both_languages(practice):
    assert practice.languages == LANGUAGES
    for lang in LANGUAGES:
        assert all(said(practice, lang))
        assert practice.why.text[lang]


@every_practice
@both_languages
def test_it_says_when_the_last_part_comes(practice, lang):
    """Half a minute may say it more shortly."""
    last = {"en": ("last part", "to end"), "fr": ("dernière partie", "pour finir")}[lang]
    said = practice.steps[-1].say[lang].lower()
    assert any(word in said for word in (last if practice.length_ms <= 30_000 else last[:1]))


@every_practice
def test_it_lasts_half_a_minute_to_five_minutes(practice):
    assert 30_000 <= practice.length_ms <= 5 * 60_000


@every_practice
def test_a_breath_or_a_hold_comes_with_a_caution(practice):
    if practice.cautions:
        assert practice.caution


@every_practice
@both_languages
def test_its_short_form_tells_no_length_and_leaves_room_for_those_who_have_half_a_minute(practice, lang):
    """A step that says how long the whole takes would tell an untruth there."""
    short = [step for step in practice.steps if step.short_ms]
    assert practice.short_ms in (None, 30_000)
    for step in short:
        assert not re.search(r"\b(?:minutes?|seconds?|secondes?)\b", step.say[lang].lower())
    if short:
        assert not short[-1].is_inward
        assert practice.steps[-1].short_ms or practice.inward == 0


@every_practice
@both_languages
def test_a_breath_of_less_than_five_minutes_says_that_it_was_not_tested_itself(practice, lang):
    """Trials of breathing lasted five minutes and more (docs/decisions/014)."""
    if practice.patterns and practice.length_ms < 5 * 60_000 and practice.why.grade is not Grade.D:
        untested = {"en": r"not (?:been )?tested", "fr": r"pas été testée?s?"}[lang]
        assert re.search(rf"\b(?:{untested})\b", practice.why.text[lang])


@every_practice
@both_languages
def test_it_promises_no_sound_that_may_be_switched_off(practice, lang):
    assert not re.search(r"\b(?:bells?|cloches?)\b", " ".join(said(practice, lang)).lower())


@every_practice
def test_it_never_begins_inside(practice):
    assert not practice.steps[0].is_inward


@pytest.mark.parametrize(
    "id_",
    [
        "light-body-scan",
        "name-it-softly",
        "out-in-out",
        "self-compassion-pause",
        "squeeze-and-soften",
        "supportive-hold",
        "three-easy-breaths",
    ],
)
@both_languages
def test_before_the_body_there_is_something_to_see(id_, lang):
    (practice,) = (each for each in PRACTICES if each.id == id_)
    inside = next(number for number, step in enumerate(practice.steps) if step.is_inward)
    before = " ".join(step.say[lang] for step in practice.steps[:inside])
    assert re.search({"en": r"\b(?:look|see)\b", "fr": r"(?i)\b(?:regard\w*|voyez)\b"}[lang], before)


OUTSIDE = {
    "en": r"room|around|look|eyes|see|glance|sounds?|door|nearby|front|place|what comes next|way back|the day|dial",
    "fr": r"pièce|autour|regard\w*|yeux|voyez|coup d’œil|sons?|porte|proche|tout près|devant vous|endroit|retour"
    r"|la suite|l’appel",
}
"""What is around, or comes after: where a practice leads back to."""


@every_practice
@both_languages
def test_it_ends_in_the_room_or_with_what_comes_next(practice, lang):
    ends = [practice.steps]
    short = [step for step in practice.steps if step.short_ms]
    if len(short) > 1:  # one step alone has not led away
        ends.append(short)
    for steps in ends:
        last = [step.say[lang] for step in steps if step.say][-1]
        assert re.search(rf"\b({OUTSIDE[lang]})\b", last.lower()), last
