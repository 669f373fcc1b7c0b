"""One session, from Begin to its end: what is played, and what the journal hears of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from calmtray.practice.model import Step
from calmtray.session.runner import SessionRunner
from calmtray.session.state import Ending, State, Status
from calmtray.session.timeline import Choices, Timeline, build_timeline
from tests.making import BOX, FOUR_SIX, breathing, practice, quiet


@dataclass
class Clock:
    """A clock that the test moves. It may also move by itself, a little with every look."""

    ms: float = 777_000.0
    drift_ms: float = 0.0

    def __call__(self) -> float:
        self.ms += self.drift_ms
        return self.ms


@dataclass
class Log:
    """Remembers what it was told, in ms played and planned."""

    lines: list[tuple[object, ...]] = field(default_factory=list)

    def begin(self, timeline: Timeline) -> None:
        self.lines.append(("begin", timeline.length_ms))

    def keep(self, played_ms: int, timeline: Timeline) -> None:
        self.lines.append(("keep", played_ms, timeline.length_ms))

    def end(self, played_ms: int, timeline: Timeline, ending: Ending) -> None:
        self.lines.append(("end", played_ms, timeline.length_ms, ending.value))


class Session:
    """A runner with its clock and its journal, and every state that it told of."""

    def __init__(self, *steps: Step) -> None:
        self.clock, self.log = Clock(), Log()
        self.told: list[State] = []
        self.runner = SessionRunner(build_timeline(practice(*steps), {}, Choices()), self.clock, self.log)
        self.runner.on_change = self.told.append

    def pass_(self, ms: float, every: float = 100.0) -> None:
        """Let time go by, a tick at a time."""
        end = self.clock.ms + ms
        while self.clock.ms < end:
            self.clock.ms = min(self.clock.ms + every, end)
            self.runner.tick()

    @property
    def statuses(self) -> list[Status]:
        return [state.status for state in self.told]


@pytest.fixture
def session() -> Session:
    return Session(quiet(10_000, "Arrive."), breathing(FOUR_SIX, 3, "Breathe."), quiet(10_000, "Last part."))


def test_a_session_from_beginning_to_end(session):
    session.runner.begin()
    session.pass_(60_000)
    assert session.runner.state.ending is Ending.FINISHED
    assert session.statuses == [Status.PLAYING, Status.ENDED]
    assert session.log.lines[0] == ("begin", 50_000)
    assert session.log.lines[-1] == ("end", 50_000, 50_000, "finished")
    assert session.runner.position_ms == 50_000


def test_before_begin_nothing_moves_and_nothing_is_written(session):
    session.pass_(20_000)
    session.runner.toggle_pause()
    session.runner.skip(+1)
    assert session.runner.position_ms == 0
    assert session.runner.state.status is Status.READY
    session.runner.stop()
    session.pass_(20_000)
    assert session.runner.state.ending is Ending.STOPPED
    assert session.log.lines == []


def test_begin_counts_once(session):
    session.runner.begin()
    session.pass_(5_000)
    session.runner.begin()
    assert session.runner.position_ms == 5_000
    assert [line for line in session.log.lines if line[0] == "begin"] == [("begin", 50_000)]


def test_the_journal_hears_every_three_seconds_how_far_it_is(session):
    session.runner.begin()
    session.pass_(10_500)
    assert session.log.lines == [("begin", 50_000), *(("keep", ms, 50_000) for ms in (3_000, 6_000, 9_000))]


def test_a_machine_too_busy_to_tick_keeps_less_often_but_right(session):
    session.runner.begin()
    session.pass_(20_000, every=4_500)
    assert [line[1] for line in session.log.lines[1:]] == [4_500, 9_000, 13_500, 18_000]


def test_a_pause_is_kept_at_once_and_takes_no_time_of_the_session(session):
    session.runner.begin()
    session.pass_(4_200)
    session.runner.toggle_pause()
    assert session.log.lines[-1] == ("keep", 4_200, 50_000)
    session.pass_(100_000)
    assert session.runner.position_ms == 4_200
    session.runner.toggle_pause()
    session.pass_(1_000)
    assert session.runner.position_ms == 5_200
    assert session.statuses == [Status.PLAYING, Status.PAUSED, Status.PLAYING]
    assert len(session.log.lines) == 3


def test_stopping_is_written_with_what_was_played(session):
    session.runner.begin()
    session.pass_(12_345)
    session.runner.stop()
    assert session.log.lines[-1] == ("end", 12_345, 50_000, "stopped")
    session.pass_(9_000)
    session.runner.begin()
    session.runner.toggle_pause()
    session.runner.skip(-1)
    session.runner.stop()
    assert session.log.lines[-1] == ("end", 12_345, 50_000, "stopped")
    assert session.runner.position_ms == 12_345


def test_a_paused_session_can_be_stopped(session):
    session.runner.begin()
    session.pass_(2_000)
    session.runner.toggle_pause()
    session.runner.stop()
    assert session.log.lines[-2:] == [("keep", 2_000, 50_000), ("end", 2_000, 50_000, "stopped")]


def test_skipping_on_plays_nothing(session):
    session.runner.begin()
    session.pass_(2_000)
    session.runner.skip(+1)
    assert session.runner.position_ms == 10_000
    session.runner.skip(+1)
    assert session.runner.position_ms == 40_000
    session.runner.skip(+1)
    assert session.log.lines[-1] == ("end", 2_000, 50_000, "finished")


@pytest.mark.parametrize(
    ("at_ms", "lands_at"),
    [
        (500, 0),
        (9_000, 0),
        (11_000, 0),  # just begun: the step before
        (12_000, 0),
        (12_001, 10_000),  # well into it: its own beginning
        (39_999, 10_000),
        (41_000, 10_000),
        (49_000, 40_000),
    ],
)
def test_skipping_back_goes_to_the_beginning_of_the_step_or_to_the_one_before(session, at_ms, lands_at):
    session.runner.begin()
    session.pass_(at_ms)
    session.runner.skip(-1)
    assert session.runner.position_ms == lands_at


def test_a_skip_while_paused_stays_paused(session):
    session.runner.begin()
    session.runner.toggle_pause()
    session.runner.skip(+1)
    session.pass_(5_000)
    assert session.runner.position_ms == 10_000
    assert session.statuses[-1] is Status.PAUSED


def test_the_picture_is_that_of_the_playhead(session):
    session.runner.begin()
    session.pass_(12_000)
    pose = session.runner.pose
    assert (pose.ms, pose.step, pose.caption, pose.level) == (12_000, 1, "Breathe.", pytest.approx(0.5))


def test_easier_paces_the_rest_of_the_step_and_the_journal_hears_the_new_length(session):
    session.runner.begin()
    session.pass_(10_000)
    assert session.runner.easier()
    # Four breaths of 8 s come nearest to the 30 s of before.
    assert session.runner.timeline.length_ms == 10_000 + 32_000 + 10_000
    assert session.runner.state.length_ms == session.runner.timeline.length_ms
    session.pass_(60_000)
    assert session.log.lines[-1] == ("end", 52_000, 52_000, "finished")


def test_easier_goes_on_until_twelve_breaths_a_minute(session):
    session.runner.begin()
    session.pass_(11_000)
    paces = []
    while session.runner.easier():
        breath = session.runner.timeline.breath_at(session.runner.position_ms)
        assert breath is not None
        paces.append(breath.pattern.length_ms)
    assert paces == [8_000, 6_400, 5_100]
    assert session.runner.easier_pattern is None


def test_there_is_nothing_easier_where_nothing_is_paced(session):
    session.runner.begin()
    session.pass_(3_000)
    changes = len(session.told)
    assert session.runner.easier_pattern is None
    assert not session.runner.easier()
    assert len(session.told) == changes
    assert session.runner.timeline.length_ms == 50_000


def test_easier_leaves_the_playhead_where_it_is_and_tells_of_the_change(session):
    session.runner.begin()
    session.pass_(13_333)
    level = session.runner.pose.level
    session.runner.easier()
    assert session.runner.position_ms == 13_333
    assert session.runner.pose.level == pytest.approx(level)
    assert session.told[-1].length_ms == session.runner.timeline.length_ms


def test_a_session_that_has_ended_can_not_be_made_easier(session):
    session.runner.begin()
    session.pass_(15_000)
    session.runner.stop()
    before = session.runner.timeline
    assert session.runner.easier_pattern is None
    assert not session.runner.easier()
    assert session.runner.timeline is before


@pytest.mark.parametrize("short_of", [0.9, 0.5, 0.4])
def test_pressed_a_moment_before_the_next_step_easier_means_the_present_one(short_of):
    """The clock runs on between one look at it and the next."""
    session = Session(breathing(FOUR_SIX, 2), breathing(BOX, 2), quiet(5_000))
    session.runner.begin()
    session.pass_(20_000 - short_of)
    session.clock.drift_ms = 0.3
    assert session.runner.easier()
    box = [cue for cue in session.runner.timeline.breath if cue.step == 1]
    assert all(cue.pattern == BOX for cue in box)


def test_a_clock_that_goes_back_never_takes_back_what_was_played(session):
    session.runner.begin()
    session.pass_(5_000)
    session.clock.ms -= 4_000
    session.runner.tick()
    assert session.runner.position_ms == 5_000
    session.pass_(1_000)
    assert session.runner.position_ms == 6_000
    session.runner.stop()
    assert session.log.lines[-1] == ("end", 6_000, 50_000, "stopped")


def test_nobody_needs_to_listen():
    timeline = build_timeline(practice(quiet(20_000)), {}, Choices())
    clock = Clock()
    runner = SessionRunner(timeline, clock, Log())
    runner.begin()
    clock.ms += 20_000
    runner.tick()
    assert runner.state.ending is Ending.FINISHED
