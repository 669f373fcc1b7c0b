"""What will be heard, in a line of the ready page."""

from __future__ import annotations

import pytest

from calmtray.sound.score import Ambience, BreathSet
from calmtray.sound.voices import Source
from calmtray.words.texts import sound_text, voice_text

OFF, SWELL, TONE = BreathSet.OFF, BreathSet.SWELL, BreathSet.TONE


@pytest.mark.parametrize(
    ("voice", "breath", "bells", "ambience", "wanted"),
    [
        ("Emma’s voice", SWELL, True, Ambience.OFF, "Emma’s voice, a soft swell, bells"),
        ("your own recordings", TONE, True, Ambience.RAIN, "your own recordings, a soft tone, bells, rain"),
        ("Emma’s voice", OFF, False, Ambience.OFF, "Emma’s voice"),
        ("", SWELL, False, Ambience.WIND, "words on the screen, a soft swell, wind in leaves"),
        ("", OFF, True, Ambience.ROOM, "words on the screen, bells, a quiet room"),
        ("", OFF, False, Ambience.DRONE, "words on the screen, a low drone"),
        ("", OFF, False, Ambience.OFF, "none; words on the screen"),
    ],
)
def test_everything_that_is_heard_is_named_and_nothing_else(voice, breath, bells, ambience, wanted):
    assert sound_text(voice, breath, bells, ambience, silent=False) == wanted


def test_a_silent_session_says_so_whatever_is_chosen():
    assert sound_text("Emma", SWELL, True, Ambience.RAIN, silent=True) == "none; words on the screen"


def test_what_nobody_says_and_the_users_song_are_named_too():
    partly = sound_text("Emma’s voice", OFF, True, Ambience.OFF, silent=False, song=True, unsaid=True)
    assert partly == "Emma’s voice, some words on the screen, your song, bells"
    assert sound_text("", OFF, True, Ambience.OFF, silent=False, unsaid=True) == "words on the screen, bells"


@pytest.mark.parametrize(
    ("voice", "bells", "silent", "wanted"),
    [
        ("Emma’s voice", True, False, "Emma’s voice, bells, one of them when time is up"),
        ("Emma’s voice", False, False, "Emma’s voice; the ring shows when time is up"),
        ("", False, False, "none; words on the screen; the ring shows when time is up"),
        ("Emma’s voice", True, True, "none; words on the screen; the ring shows when time is up"),
    ],
)
def test_where_the_time_is_kept_it_is_said_what_tells_that_it_is_up(voice, bells, silent, wanted):
    assert sound_text(voice, OFF, bells, Ambience.OFF, silent=silent, timed=True) == wanted


@pytest.mark.parametrize("breath", BreathSet)
@pytest.mark.parametrize("ambience", Ambience)
def test_every_choice_has_its_words(breath, ambience):
    text = sound_text("Emma", breath, True, ambience, silent=False)
    assert len(text.split(", ")) == 2 + (breath is not OFF) + (ambience is not Ambience.OFF)


def test_who_speaks_is_named():
    names = [voice_text(source, "Siwis") for source in (Source.RECORDED, Source.OWN, Source.SYSTEM, Source.NONE)]
    assert names == ["Siwis’s voice", "your own recordings", "the computer’s voice", ""]
