"""step(state, event): what a session does when somebody presses something."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from calmtray.session.state import (
    Begin,
    Ending,
    Event,
    Jump,
    Pause,
    Resume,
    Retime,
    State,
    Status,
    Stop,
    Tick,
    position_at,
    step,
)

READY = State(60_000)
PLAYING = State(60_000, Status.PLAYING, position_ms=10_000, played_ms=9_000, since_ms=1_000)
PAUSED = replace(PLAYING, status=Status.PAUSED)
FINISHED = State(60_000, Status.ENDED, 60_000, 50_000, 1_000, Ending.FINISHED)
STOPPED = replace(FINISHED, position_ms=10_000.0, ending=Ending.STOPPED)

# All events happen at 3000 on the clock: two seconds after the last one.
ONWARD = replace(PLAYING, position_ms=12_000, played_ms=11_000, since_ms=3_000)
TABLE: list[tuple[State, Event, State]] = [
    (READY, Begin(3_000), replace(READY, status=Status.PLAYING, since_ms=3_000)),
    (READY, Pause(3_000), READY),
    (READY, Resume(3_000), READY),
    (READY, Jump(3_000, 20_000), READY),
    (READY, Tick(3_000), READY),
    (READY, Retime(3_000, 70_000), State(70_000)),
    (READY, Stop(3_000), replace(READY, status=Status.ENDED, ending=Ending.STOPPED)),
    (PLAYING, Begin(3_000), ONWARD),
    (PLAYING, Pause(3_000), replace(ONWARD, status=Status.PAUSED)),
    (PLAYING, Resume(3_000), ONWARD),
    (PLAYING, Tick(3_000), ONWARD),
    (PLAYING, Jump(3_000, 20_000), replace(ONWARD, position_ms=20_000)),
    (PLAYING, Jump(3_000, -5), replace(ONWARD, position_ms=0)),
    (
        PLAYING,
        Jump(3_000, 60_000),
        replace(ONWARD, position_ms=60_000, status=Status.ENDED, ending=Ending.FINISHED),
    ),
    (
        PLAYING,
        Jump(3_000, 99_000),
        replace(ONWARD, position_ms=60_000, status=Status.ENDED, ending=Ending.FINISHED),
    ),
    (PLAYING, Retime(3_000, 70_000), replace(ONWARD, length_ms=70_000)),
    (
        PLAYING,
        Retime(3_000, 12_000),
        replace(ONWARD, length_ms=12_000, status=Status.ENDED, ending=Ending.FINISHED),
    ),
    (PLAYING, Stop(3_000), replace(ONWARD, status=Status.ENDED, ending=Ending.STOPPED)),
    # An event that comes after the end of the session finds it finished, whatever the event was.
    *(
        (
            PLAYING,
            event,
            State(60_000, Status.ENDED, 60_000, 59_000, 51_000, Ending.FINISHED),
        )
        for event in (Tick(51_000), Stop(51_000), Pause(51_000), Jump(51_000, 0), Retime(51_000, 70_000))
    ),
    (PAUSED, Begin(3_000), PAUSED),
    (PAUSED, Pause(3_000), PAUSED),
    (PAUSED, Tick(3_000), PAUSED),
    (PAUSED, Resume(3_000), replace(PAUSED, status=Status.PLAYING, since_ms=3_000)),
    (PAUSED, Jump(3_000, 20_000), replace(PAUSED, position_ms=20_000)),
    (
        PAUSED,
        Jump(3_000, 60_000),
        replace(PAUSED, position_ms=60_000, status=Status.ENDED, ending=Ending.FINISHED),
    ),
    (PAUSED, Retime(3_000, 50_000), replace(PAUSED, length_ms=50_000)),
    (PAUSED, Stop(3_000), replace(PAUSED, status=Status.ENDED, ending=Ending.STOPPED)),
]


@pytest.mark.parametrize(("before", "event", "after"), TABLE)
def test_every_event_in_every_state(before, event, after):
    assert step(before, event) == after


@pytest.mark.parametrize("ended", [FINISHED, STOPPED])
@pytest.mark.parametrize("event", dict.fromkeys(event for _, event, _ in TABLE))
def test_ended_is_final(ended, event):
    assert step(ended, event) is ended


@pytest.mark.parametrize(
    ("state", "now_ms", "position"),
    [
        (READY, 9_000, 0),
        (PLAYING, 1_000, 10_000),
        (PLAYING, 1_500.5, 10_500.5),
        (PLAYING, 500, 10_000),  # the clock went back
        (PLAYING, 51_000, 60_000),
        (PLAYING, 99_000, 60_000),  # never past the end
        (PAUSED, 9_000, 10_000),
        (STOPPED, 9_000, 10_000),
    ],
)
def test_the_playhead_moves_with_the_clock_while_playing_only(state, now_ms, position):
    assert position_at(state, now_ms) == position


def test_a_clock_that_went_back_counts_as_standing_still():
    state = step(PLAYING, Tick(400))
    assert (state.position_ms, state.played_ms, state.since_ms) == (10_000, 9_000, 400)
    assert step(state, Tick(700)).position_ms == 10_300


class AnySession(RuleBasedStateMachine):
    """Whatever is pressed in whatever order, on a clock that may stand still or go back."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 5_000.0
        self.state = State(30_000)
        self.passed = 0.0
        self.begun = False

    def do(self, event: Event) -> None:
        before, self.state = self.state, step(self.state, event)
        if before.status is Status.ENDED:
            assert self.state is before
        if before.status is not Status.PLAYING:
            assert self.state.played_ms == before.played_ms
        assert self.state.played_ms >= before.played_ms

    @rule(ms=st.one_of(st.just(0.0), st.floats(-2_000, 0), st.floats(0, 8_000)))
    def time_goes_by(self, ms: float) -> None:
        if self.state.status is Status.PLAYING:
            self.passed += max(0.0, ms)
        self.now += ms
        self.do(Tick(self.now))

    @rule()
    def begin(self) -> None:
        self.begun = True
        self.do(Begin(self.now))

    @rule()
    def pause(self) -> None:
        self.do(Pause(self.now))

    @rule()
    def resume(self) -> None:
        self.do(Resume(self.now))

    @rule(to_ms=st.floats(-1_000, 40_000))
    def jump(self, to_ms: float) -> None:
        self.do(Jump(self.now, to_ms))

    @rule(length_ms=st.integers(1, 60_000))
    def retime(self, length_ms: int) -> None:
        self.do(Retime(self.now, length_ms))

    @precondition(lambda self: self.passed > 10_000)
    @rule()
    def stop(self) -> None:
        self.do(Stop(self.now))

    @invariant()
    def the_playhead_is_within_the_session(self) -> None:
        assert 0.0 <= self.state.position_ms <= self.state.length_ms
        assert 0.0 <= position_at(self.state, self.now + 1e9) <= self.state.length_ms

    @invariant()
    def no_more_is_played_than_time_has_passed(self) -> None:
        assert self.state.played_ms <= self.passed + 1e-6

    @invariant()
    def only_what_ended_has_an_ending(self) -> None:
        assert (self.state.ending is not None) == (self.state.status is Status.ENDED)

    @invariant()
    def nothing_plays_that_was_not_begun(self) -> None:
        assert self.begun or self.state.status in (Status.READY, Status.ENDED)


TestAnySession = AnySession.TestCase
