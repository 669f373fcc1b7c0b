"""What calmtray was asked to hold: every seed has its practices, and the catalogue is whole."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields

import pytest

from calmtray.journal.feeling import Feeling
from calmtray.journal.schema import VERSION_3
from calmtray.practice.draft import copy_of, finished
from calmtray.practice.format import flowing, parse
from calmtray.practice.library import read_practice
from calmtray.practice.lint import lint
from calmtray.practice.model import LANGUAGES, Availability, Category
from calmtray.practice.suggest import FEWEST, MOST
from calmtray.practice.writing import to_toml
from calmtray.settings.model import Settings
from calmtray.words.language import use_language
from calmtray.words.setting_texts import setting_help
from tests.practice.bundled import FILES, SHARED

PRACTICES = {practice.id: practice for practice in (read_practice(path, SHARED) for path in FILES)}

# Beside these the table has three rows that no practice stands for: help that fits the individual, care informed by
# trauma, and measures that are validated are tested below.
SEEDS = {
    "bathroom break": {"bathroom-break"},
    "food break, water": {"something-to-eat", "water-break"},
    "movement, stretching": {
        "shoulders-and-neck",
        "desk-stretch",
        "shake-it-out",
        "hallway-lap",
        "wall-push",
        "squeeze-and-soften",
    },
    "play, joy": {"one-minute-doodle", "colour-hunt", "secret-dance", "laugh-file"},
    "sensory experience": {"five-senses-countdown", "cool-or-warm-hands", "pocket-texture", "green-minute", "one-song"},
    "orientation": {
        "look-around-the-room",
        "out-in-out",
        "here-and-now-facts",
        "horizon-gaze",
        "feet-and-chair",
        "near-and-far-sounds",
    },
    "breath to be in the present": {
        "three-easy-breaths",
        "longer-out-breath",
        "cyclic-sighing",
        "one-good-sigh",
        "five-five",
        "step-down-pace",
        "soft-box",
    },
    "release heaviness of stories and oppressive systems": {"set-it-down", "close-the-session"},
    "set limits and boundaries": {"one-clear-limit", "leave-work-at-work"},
    "self-compassion": {"self-compassion-pause", "supportive-hold", "friend-voice"},
    "loving-kindness": {"loving-kindness-mini"},
    "body scan": {"light-body-scan"},
    "small wins, groceries": {"one-small-win", "grocery-sized", "three-good-moments"},
    "connection, communities of practice": {"say-hello", "two-minute-check-in", "find-your-people", "thank-you-line"},
}
ALL_ELSE = {"daylight", "doorway-pause", "wash-and-reset", "before-a-hard-call", "name-it-softly"}

COUNTS = {
    Category.BREATH: 7,
    Category.ORIENTATION: 6,
    Category.SENSORY: 5,
    Category.MOVEMENT: 6,
    Category.PLAY: 4,
    Category.SELF_COMPASSION: 5,
    Category.BODY_NEEDS: 4,
    Category.SMALL_WIN: 3,
    Category.CONNECTION: 4,
    Category.TRANSITION: 8,
}

# The reference leaves light_breath out, and whatever is faster than a breath at rest.
PATTERNS = {
    Availability.DEFAULT: {"slow_4_6", "slow_5_5", "ease_3_5"},
    Availability.YES: {
        "coherent_5_5_5_5",
        "slow_44_56",
        "slow_3_7",
        "equal_4_4",
        "cyclic_sigh",
        "sigh_x2",
        "sigh_gentle",
        "triangle_rest",
        "hum_4_7",
    },
    Availability.OPT_IN: {
        "box_4",
        "box_3",
        "triangle_hold",
        "four_four_eight",
        "four_seven_eight",
        "four_seven_eight_half",
        "alt_nostril_6",
    },
    Availability.INTERNAL: {"equal_3_3"},
    Availability.TOOL: {"pace_65", "pace_60", "pace_55", "pace_50", "pace_45"},
}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_seed_has_its_practices(seed):
    assert SEEDS[seed] <= set(PRACTICES)


def test_help_fits_the_individual():
    """Two or three to choose from, never one; and every practice can be made one's own."""
    assert (FEWEST, MOST) == (2, 3)
    for practice in PRACTICES.values():
        mine = finished(copy_of(practice).practice, {practice.id})
        assert parse(to_toml(mine), SHARED.patterns) == mine
        assert mine.id != practice.id


def test_care_is_informed_by_trauma():
    """No rule of wording is broken; and what may be too much for some names another one that they can take."""
    assert [practice.id for practice in PRACTICES.values() if lint(practice)] == []
    titles = {lang: {practice.title[lang] for practice in PRACTICES.values()} for lang in LANGUAGES}
    named = {"en": r"“([^”]+)”", "fr": r"«\s([^»]+)\s»"}
    for practice in PRACTICES.values():
        for lang in LANGUAGES:
            others = set(re.findall(named[lang], flowing(practice.caution.get(lang, "")))) & titles[lang]
            assert others - {practice.title[lang]} or not (practice.inward or practice.has_hold), practice.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_measured_is_validated_credited_and_never_required(lang):
    """The Affective Slider; tests/ui/test_feelings.py holds it against its guidelines."""
    use_language(lang)
    assert not Settings().feelings
    credit = setting_help("feelings")
    assert all(part in credit for part in ("Affective Slider", "Betella", "Verschure", "2016", "CC BY-SA 4.0"))
    measured = {field.name for field in fields(Feeling)}
    assert measured == {"pleasure", "arousal"}
    assert all(f"{name}_{when}" in " ".join(VERSION_3) for name in measured for when in ("before", "after"))


def test_the_catalogue_is_whole():
    assert set(PRACTICES) == set().union(*SEEDS.values()) | ALL_ELSE
    assert Counter(practice.category for practice in PRACTICES.values()) == COUNTS
    assert len(PRACTICES) == 52


def test_each_stands_in_the_folder_of_its_category():
    for path in FILES:
        practice = read_practice(path, SHARED)
        assert (path.parent.name, path.stem) == (practice.category, practice.id)


def test_the_core_is_one_a_day_for_a_month():
    assert sum(practice.core for practice in PRACTICES.values()) == 31


def test_no_source_is_listed_that_nobody_cites():
    assert set(SHARED.sources) - {source for practice in PRACTICES.values() for source in practice.why.sources} == set()


def test_every_pattern_of_the_reference_is_there_and_none_that_it_leaves_out():
    found = {kind: {name for name, p in SHARED.patterns.items() if p.availability is kind} for kind in Availability}
    assert found == PATTERNS


def test_no_breath_is_faster_than_one_at_rest():
    assert [p.id for p in SHARED.patterns.values() if p.length_ms / p.breaths < 5_000] == []
