"""What the bundled practices say: in both languages, as an invitation, and with time enough to say it."""

from __future__ import annotations

import re

import pytest

from calmtray.practice.library import read_practice
from calmtray.practice.model import LANGUAGES, Eyes, Practice
from calmtray.session.timeline import spoken_ms
from tests.practice.bundled import FILES, SHARED

PRACTICES = [read_practice(path, SHARED) for path in FILES]
FILLS_AT_MOST = 0.75

# Orders to feel something, promises, scores, and mythology of the nerves: see docs/practice-format.md.
NEVER_SAID = {
    "en": [
        r"\brelax\b",
        r"\bcalm(?:ing)? (?:down|yourself)\b",
        r"\blet(?:ting)? (?:it |that |them )?go\b",
        r"\bfeel (?:safe|calm|better|relaxed)\b",
        r"\byou(?: are|’re|'re) safe\b",
        r"\bdeep(?:ly|er)? breath",
        r"\bbreathe (?:in |out )?deep",
        r"\btake a (?:big|long|deep)\b",
        r"\bclear your mind\b",
        r"\bdon[’']t think\b",
        r"\byou should\b",
        r"\byou (?:must|need to|have to)\b",
        r"\bkeep going\b",
        r"\bwell done\b|\bgood job\b",
        r"\bstreaks?\b|\bscores?\b|\blevel up\b",
        r"\bvag(?:us|al)\b",
        r"\breset",
        r"\btells? your brain\b",
    ],
    "fr": [
        r"\brelaxez|\bdétendez|\bdécontractez",
        r"\bcalmez",
        r"\blâchez prise|\blâcher prise|\blaissez aller\b",
        r"\bsentez-vous (?:bien|en sécurité|calme|mieux)\b",
        r"\bvous êtes en sécurité\b",
        r"\brespir(?:ez|ation|er) (?:bien )?profond",
        r"\b(?:in|ex)spirez (?:bien )?profond|\bgrande (?:in|re)spiration\b",
        r"\bvidez votre (?:esprit|tête)\b",
        r"\bne pensez (?:pas|plus)\b",
        r"\bvous devriez\b|\bvous devez\b|\bil faut que vous\b",
        r"\bcontinuez comme ça\b|\bne lâchez pas\b",
        r"\bbravo\b|\bbien joué\b",
        r"\bscores?\b|\bsérie de jours\b",
        r"\bnerf vague\b|\bvagal",
        r"\bréinitialis",
        r"\bdit à votre cerveau\b",
    ],
}
EYES_CLOSED = {"en": r"\bclose your eyes\b", "fr": r"\bfermez les yeux\b"}


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
def test_it_invites_and_promises_nothing(practice, lang):
    found = [
        (forbidden, text)
        for text in said(practice, lang)
        for forbidden in NEVER_SAID[lang]
        if re.search(forbidden, text, re.IGNORECASE)
    ]
    assert found == []


@every_practice
@both_languages
def test_eyes_stay_open_unless_somebody_chooses_otherwise(practice, lang):
    texts = said(practice, lang)
    assert not any(re.search(EYES_CLOSED[lang], text, re.IGNORECASE) for text in texts)
    if practice.eyes is Eyes.OPEN:
        closed = {"en": r"\bclosed\b", "fr": r"\bfermés\b"}[lang]
        assert not any(re.search(closed, text) for text in texts)


@every_practice
@both_languages
def test_there_is_time_enough_to_say_every_step_and_to_be_quiet_after_it(practice, lang):
    hurried = [
        (index, f"{spoken_ms(step.say[lang]) / step.ms:.0%}")
        for index, step in enumerate(practice.steps)
        if step.say and spoken_ms(step.say[lang]) > FILLS_AT_MOST * step.ms
    ]
    assert hurried == []


@every_practice
@both_languages
def test_it_says_when_the_last_part_comes(practice, lang):
    last = {"en": "last part", "fr": "dernière partie"}[lang]
    assert last in practice.steps[-1].say.get(lang, "").lower()


@every_practice
def test_it_lasts_half_a_minute_to_five_minutes(practice):
    assert 30_000 <= practice.length_ms <= 5 * 60_000


@every_practice
def test_a_breath_or_a_hold_comes_with_a_caution(practice):
    if practice.cautions:
        assert practice.caution
