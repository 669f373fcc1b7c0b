"""The performer: what is asked of the player, and that silence asks nothing of it."""

from __future__ import annotations

from typing import Any

import pytest

from calmtray.session.timeline import Choices, build_timeline, lengthen
from calmtray.sound.ensemble import Ensemble
from calmtray.sound.performer import Performer
from calmtray.sound.score import BreathSet, SoundChoices, placements
from tests.making import FOUR_SIX, breathing, practice

TIMELINE = build_timeline(practice(breathing(FOUR_SIX, 6)), {}, Choices())
CHOICES = SoundChoices()
SOFTER = SoundChoices(breath_volume=30)
NOTHING = SoundChoices(breath_sound=BreathSet.OFF, bells_volume=0)


class Asked:
    """A player that remembers."""

    def __init__(self):
        self.asked = []

    def play(self, score, from_ms):
        self.asked.append(("play", score, from_ms))

    def change(self, score):
        self.asked.append(("change", score))

    def pause(self):
        self.asked.append(("pause",))

    def end(self, finished):
        self.asked.append(("end", finished))


def score(choices, timeline=TIMELINE):
    return placements(timeline, choices, {})


@pytest.fixture
def player():
    return Asked()


def test_a_session_becomes_placements(player):
    performer = Performer(player, CHOICES, {})
    performer.play(TIMELINE, 2_500)
    longer = lengthen(TIMELINE, 5_000)
    performer.change(longer, 5_000)
    performer.choose(SOFTER, 6_000)
    performer.pause()
    performer.end(finished=False)
    assert player.asked == [
        ("play", score(CHOICES), 2_500),
        ("change", score(CHOICES, longer)),
        ("change", score(SOFTER, longer)),
        ("pause",),
        ("end", False),
    ]


@pytest.mark.parametrize("choices", [None, NOTHING])
def test_where_there_is_nothing_to_hear_no_device_is_asked_for(player, choices):
    performer = Performer(player, choices, {})
    performer.play(TIMELINE, 0)
    performer.change(TIMELINE, 1_000)
    assert player.asked == []
    # Discreet no longer: it joins where the session is.
    performer.choose(CHOICES, 7_000)
    assert player.asked == [("play", score(CHOICES), 7_000)]


def test_muted_it_stays_in_step(player):
    performer = Performer(player, CHOICES, {})
    performer.play(TIMELINE, 0)
    performer.choose(None, 3_000)
    performer.choose(CHOICES, 9_000)
    assert player.asked[1:] == [("change", ()), ("change", score(CHOICES))]


def test_chosen_before_it_began_or_in_a_pause_it_is_heard_when_it_plays(player):
    performer = Performer(player, CHOICES, {})
    performer.choose(SOFTER, 0)
    performer.play(TIMELINE, 0)
    performer.pause()
    performer.choose(CHOICES, 4_000)
    performer.play(TIMELINE, 4_000)
    assert [what[0] for what in player.asked] == ["play", "pause", "play"]
    assert player.asked[2] == ("play", score(CHOICES), 4_000)


def test_the_same_choice_again_changes_nothing(player):
    performer = Performer(player, CHOICES, {})
    performer.play(TIMELINE, 0)
    performer.choose(SoundChoices(), 3_000)
    assert len(player.asked) == 1


def test_an_ensemble_does_everything_together():
    first: Any = Asked()
    second: Any = Asked()
    together = Ensemble(Performer(first, CHOICES, {}), Performer(second, CHOICES, {}))
    together.play(TIMELINE, 0)
    together.change(TIMELINE, 100)
    together.pause()
    together.end(finished=True)
    assert first.asked == second.asked
    assert [what[0] for what in first.asked] == ["play", "change", "pause", "end"]
