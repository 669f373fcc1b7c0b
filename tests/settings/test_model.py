"""Settings: one typed value, and one table that says what each of them takes."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.desktop.paths import bundled
from calmtray.practice.library import read_shared
from calmtray.practice.model import LANGUAGES, Availability, Need, Where
from calmtray.settings.model import DEFAULTS, SETTINGS, PacerKind, Setting, Settings, Value, concerns_offers
from calmtray.sound.score import Ambience, BreathSet, BreathShape, SoundChoices

PATTERNS = read_shared(bundled("practices")).patterns
BY_NAME = {setting.name: setting for setting in SETTINGS}


SENSIBLE = {
    "clock_times": ("10:50", "*:50", "mon,wed 14:00"),
    "working_hours": ("mon-fri 09:00-17:00", "sat 10:00-12:00 13:00-14:00"),
    "other_days": ("2026-12-24 off", "2026-12-28 09:00-12:00"),
    "circles": ("thu 12:30 Supervision", "2026-12-03 18:00 Community of practice"),
}
"""Texts of the settings that not every text is right for."""


def values_of(setting: Setting) -> st.SearchStrategy[Value]:
    """Everything that a setting takes."""
    choices = setting.choices or SENSIBLE.get(setting.name, ())
    texts = st.sampled_from(choices) if choices else st.text(max_size=50)
    if isinstance(setting.default, tuple):
        return st.lists(texts, max_size=min(5, setting.high)).map(tuple)
    if isinstance(setting.default, str):
        return texts
    return st.booleans() if isinstance(setting.default, bool) else st.integers(setting.low, setting.high)


any_settings = st.builds(Settings, **{setting.name: values_of(setting) for setting in SETTINGS})


def test_the_value_and_the_table_name_the_same_settings_in_the_same_order():
    assert [field.name for field in fields(Settings)] == list(BY_NAME)
    assert len(BY_NAME) == len(SETTINGS)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_default_is_accepted(setting):
    assert setting.accepts(setting.default)
    assert DEFAULTS.with_(setting.name, setting.default) == DEFAULTS


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
@pytest.mark.parametrize("value", [None, 1.0, b"auto", [], {}, ["auto"], {"auto": 1}, "nonsense", "", -1, 10**30])
def test_no_setting_takes_nonsense(setting, value):
    free_text = isinstance(setting.default, str) and not setting.choices
    assert setting.accepts(value) is (free_text and isinstance(value, str))


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("language", "auto", True),
        ("language", "fr", True),
        ("language", "de", False),
        ("language", True, False),
        ("text_size", 100, True),
        ("text_size", 200, True),
        ("text_size", 99, False),
        ("text_size", 201, False),
        ("text_size", "150", False),
        ("text_size", 150.0, False),
        ("text_size", True, False),
        ("breath_holds", True, True),
        ("breath_holds", 1, False),
        ("breath_holds", "yes", False),
        ("volume", 0, True),
        ("volume", 100, True),
        ("volume", 37, True),
        ("volume", -1, False),
        ("volume", 101, False),
        ("volume", 50.0, False),
        ("volume", True, False),
        ("discreet", True, True),
        ("discreet", 0, False),
        ("voice_en", "michael", True),
        ("voice_en", "siwis", False),
        ("breath_sound", "tone", True),
        ("breath_sound", "off", True),
        ("breath_sound", False, False),
        ("breath_shape", "reverse", True),
        ("ambience", "rain", True),
        ("ambience", "thunder", False),
        ("pacer", "circle", True),
        ("pacer", "spiral", False),
        ("song", "Music/one song.flac", True),
        ("song", "/" * 4_097, False),
        ("checklist", ("Lamp", "Door"), True),
        ("checklist", ["Lamp"], False),
        ("checklist", ("Lamp",) * 21, False),
        ("checklist", ("Lamp", 3), False),
        ("now_needs", ("numb", "tired"), True),
        ("now_needs", ("hungry",), False),
        ("my_pace", "pace_55", True),
        ("my_pace", "slow_4_6", False),
        ("at_my_pace", False, True),
        ("at_my_pace", "pace_55", False),
    ],
)
def test_a_setting_takes_what_is_of_its_type_and_within_its_bounds(name, value, accepted):
    assert BY_NAME[name].accepts(value) is accepted
    if accepted:
        assert getattr(DEFAULTS.with_(name, value), name) == value
    else:
        with pytest.raises(ValueError, match=name):
            DEFAULTS.with_(name, value)


@given(any_settings, st.data())
def test_changing_one_leaves_the_others_alone(settings, data):
    setting = data.draw(st.sampled_from(SETTINGS))
    value = data.draw(values_of(setting))
    changed = settings.with_(setting.name, value)
    assert getattr(changed, setting.name) == value
    for other in BY_NAME.keys() - {setting.name}:
        assert getattr(changed, other) == getattr(settings, other)


def test_settings_can_not_be_changed_in_place():
    with pytest.raises(FrozenInstanceError):
        DEFAULTS.theme = "dark"  # type: ignore[misc]


def test_the_choices_are_those_of_the_things_chosen():
    assert BY_NAME["language"].choices == ("auto", *LANGUAGES)
    assert BY_NAME["pacer"].choices == tuple(PacerKind)
    assert BY_NAME["breath_sound"].choices == tuple(BreathSet)
    assert BY_NAME["breath_shape"].choices == tuple(BreathShape)
    assert BY_NAME["ambience"].choices == tuple(Ambience)
    assert BY_NAME["now_needs"].choices == tuple(Need)
    assert BY_NAME["now_where"].choices == ("any", *Where)
    tools = [name for name, pattern in PATTERNS.items() if pattern.availability is Availability.TOOL]
    assert BY_NAME["my_pace"].choices == ("none", *tools)


def test_what_is_heard_until_somebody_chooses_is_what_the_score_takes_for_granted():
    for field in fields(SoundChoices):
        # Of a song the settings know the file, the score what is in it.
        assert (getattr(DEFAULTS, field.name) or None) == (field.default or None)


def test_nothing_is_silenced_until_somebody_asks_for_it():
    assert DEFAULTS.discreet is False
    volumes = {setting.name: setting.default for setting in SETTINGS if setting.name.endswith("volume")}
    # A bed begins softer than the breath that it lies under.
    assert volumes.pop("ambience_volume") == 60
    assert set(volumes.values()) == {100}


def test_breath_holds_are_off_until_somebody_switches_them_on():
    assert DEFAULTS.breath_holds is False


def test_steps_between_two_sizes_lead_from_the_smallest_to_the_largest():
    for setting in SETTINGS:
        assert (setting.high - setting.low) % setting.grain == 0


@pytest.mark.parametrize(
    ("my_pace", "on", "pace"),
    [("none", True, "none"), ("pace_55", True, "pace_55"), ("pace_55", False, "none"), ("none", False, "none")],
)
def test_slow_breaths_come_at_the_users_pace_where_there_is_one_and_it_is_switched_on(my_pace, on, pace):
    assert Settings(my_pace=my_pace, at_my_pace=on).pace == pace


def test_the_planner_hears_of_what_concerns_offers_and_of_nothing_else():
    concerned = {setting.name for setting in SETTINGS if concerns_offers(setting.name)}
    assert concerned > {"offers", "clock_times", "working_hours", "other_days", "circles", "sense_camera", "offer_as"}
    assert concerned & {"language", "volume", "discreet", "favourites", "my_pace", "now_needs"} == set()
