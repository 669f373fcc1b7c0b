"""What a session does is heard: every change of state reaches the ear once, with the place it happens at."""

from __future__ import annotations

import pytest

from calmtray.session.runner import SessionRunner
from calmtray.session.timeline import Choices, Timeline, build_timeline
from tests.making import FOUR_SIX, breathing, practice, quiet
from tests.session.test_runner import Clock, Log

MADE = practice(quiet(20_000, "One."), breathing(FOUR_SIX, 3, "Two."), quiet(20_000))


class Ear:
    """Remembers what it was asked to do."""

    def __init__(self):
        self.asked = []
        self.timeline = None

    def play(self, timeline: Timeline, from_ms: float) -> None:
        self.timeline = timeline
        self.asked.append(("play", from_ms))

    def change(self, timeline: Timeline, at_ms: float) -> None:
        self.timeline = timeline
        self.asked.append(("change", at_ms))

    def pause(self) -> None:
        self.asked.append(("pause",))

    def end(self, finished: bool) -> None:
        self.asked.append(("end", finished))

    def news(self):
        """What it was asked since the last time."""
        asked, self.asked = self.asked, []
        return asked


@pytest.fixture
def ear():
    return Ear()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def runner(ear, clock):
    return SessionRunner(build_timeline(MADE, {}, Choices()), clock, Log(), ear)


def test_a_session_from_begin_to_its_end(runner, ear, clock):
    assert ear.news() == []
    runner.begin()
    assert ear.news() == [("play", 0)]
    clock.ms += 5_000
    runner.tick()
    assert ear.news() == []
    runner.toggle_pause()
    assert ear.news() == [("pause",)]
    clock.ms += 60_000
    runner.toggle_pause()
    assert ear.news() == [("play", 5_000)]
    runner.skip(1)
    assert ear.news() == [("play", 20_000)]
    clock.ms += 60_000
    runner.tick()
    assert ear.news() == [("end", True)]


def test_having_had_enough(runner, ear, clock):
    runner.begin()
    clock.ms += 5_000
    runner.stop()
    runner.stop()
    assert ear.news() == [("play", 0), ("end", False)]


def test_skipped_past_the_end_is_not_rung_in(runner, ear):
    runner.begin()
    runner.skip(3)
    assert ear.news() == [("play", 0), ("end", False)]


def test_skipping_in_a_pause_is_heard_when_it_goes_on(runner, ear, clock):
    runner.begin()
    runner.toggle_pause()
    runner.skip(1)
    assert ear.news() == [("play", 0), ("pause",)]
    runner.toggle_pause()
    assert ear.news() == [("play", 20_000)]


def test_easier_and_one_more_minute_change_what_is_played_from_here_on(runner, ear, clock):
    runner.begin()
    clock.ms += 25_000
    assert runner.easier()
    assert runner.one_more_minute()
    assert ear.news() == [("play", 0), ("change", 25_000), ("change", 25_000)]
    assert ear.timeline is runner.timeline
    assert runner.timeline.length_ms > 120_000


def test_changed_in_a_pause_it_is_the_changed_session_that_goes_on(runner, ear, clock):
    runner.begin()
    clock.ms += 25_000
    runner.toggle_pause()
    assert runner.one_more_minute()
    assert ear.news() == [("play", 0), ("pause",)]
    runner.toggle_pause()
    assert ear.news() == [("play", 25_000)]
    assert ear.timeline is runner.timeline


def test_there_is_no_more_of_what_has_not_begun_or_is_over(runner):
    before = runner.timeline
    assert not runner.one_more_minute()
    runner.begin()
    runner.stop()
    assert not runner.one_more_minute()
    assert runner.timeline is before


def test_a_voice_that_comes_before_begin_stretches_the_session(runner, ear, clock):
    spoken = build_timeline(MADE, {"One.": 30_000}, Choices())
    other = Ear()
    runner.prepare(spoken, other)
    assert runner.state.length_ms == spoken.length_ms
    runner.begin()
    assert (ear.news(), other.news()) == ([], [("play", 0)])
    assert other.timeline is spoken


def test_one_that_comes_later_is_too_late(runner, ear):
    before = runner.timeline
    runner.begin()
    runner.prepare(build_timeline(MADE, {"One.": 30_000}, Choices()), Ear())
    runner.stop()
    assert runner.timeline is before
    assert ear.news() == [("play", 0), ("end", False)]
