"""Plays one session: its states, its timeline, and its row in the journal. Knows no toolkit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from calmtray.practice.model import Pattern
from calmtray.session import state as states
from calmtray.session.breath import Pose, pose_at
from calmtray.session.state import Begin, Event, Jump, Pause, Resume, Retime, State, Status, Stop, Tick
from calmtray.session.timeline import Timeline, ease_pace

KEEP_EVERY_MS = 3_000
"""How often the journal hears how far the session has come; a crash loses no more."""

BACK_TO_START_MS = 2_000
"""Skipping back within this of a step's start goes to the step before, later to the start of this one."""


class SessionLog(Protocol):
    """Where a session is written down."""

    def begin(self, timeline: Timeline) -> None:
        """It has begun."""

    def keep(self, played_ms: int, timeline: Timeline) -> None:
        """It has come this far."""

    def end(self, played_ms: int, timeline: Timeline, ending: states.Ending) -> None:
        """It has ended."""


class SessionRunner:
    """One session from *Begin* to its end. ``clock`` gives monotonic ms; ``on_change`` hears every change of state."""

    def __init__(self, timeline: Timeline, clock: Callable[[], float], log: SessionLog) -> None:
        self.timeline = timeline
        self.state = State(timeline.length_ms)
        self.on_change: Callable[[State], None] = lambda _state: None
        self._clock = clock
        self._log = log
        self._kept_ms = 0.0

    @property
    def position_ms(self) -> float:
        """The playhead now."""
        return states.position_at(self.state, self._clock())

    @property
    def pose(self) -> Pose:
        """What to draw now."""
        return pose_at(self.timeline, self.position_ms)

    @property
    def easier_pattern(self) -> Pattern | None:
        """The pattern that *easier* would breathe now, or None."""
        return self._easier_at(self.position_ms)

    def begin(self) -> None:
        """Start playing."""
        if self.state.status is Status.READY:
            self._log.begin(self.timeline)
            self._do(Begin(self._clock()))

    def toggle_pause(self) -> None:
        """Pause, or go on."""
        now = self._clock()
        self._do(Pause(now) if self.state.status is Status.PLAYING else Resume(now))

    def skip(self, steps: int) -> None:
        """Go to a later (+1) or an earlier (-1) step; past the last one the session is finished."""
        starts = self.timeline.starts_ms
        position = self.position_ms
        here = self.timeline.step_at(position)
        if steps < 0 and position - starts[here] > BACK_TO_START_MS:
            steps += 1
        target = max(0, here + steps)
        to_ms = starts[target] if target < len(starts) else self.timeline.length_ms
        self._do(Jump(self._clock(), to_ms))

    def easier(self) -> bool:
        """One pace up from here on; whether anything could be made easier."""
        # One look at the clock, rounded down: half a millisecond later the next step may breathe another pattern.
        at_ms = int(self.position_ms)
        pattern = self._easier_at(at_ms)
        if pattern is None:
            return False
        self.timeline = ease_pace(self.timeline, at_ms, pattern)
        self._do(Retime(self._clock(), self.timeline.length_ms))
        return True

    def tick(self) -> None:
        """Let time go by: notice the end, and keep the journal."""
        self._do(Tick(self._clock()))
        if self.state.status is Status.PLAYING and self.state.played_ms - self._kept_ms >= KEEP_EVERY_MS:
            self._keep()

    def stop(self) -> None:
        """End here. Before *Begin* nothing has happened and nothing is written."""
        self._do(Stop(self._clock()))

    def _easier_at(self, ms: float) -> Pattern | None:
        breath = self.timeline.breath_at(ms) if self.state.status is not Status.ENDED else None
        return breath.pattern.easier() if breath else None

    def _keep(self) -> None:
        self._kept_ms = self.state.played_ms
        self._log.keep(round(self._kept_ms), self.timeline)

    def _do(self, event: Event) -> None:
        before, self.state = self.state, states.step(self.state, event)
        if self.state.ending is not None and before.status in (Status.PLAYING, Status.PAUSED):
            self._log.end(round(self.state.played_ms), self.timeline, self.state.ending)
        elif self.state.status is Status.PAUSED and before.status is Status.PLAYING:
            self._keep()
        if self.state.status is not before.status or isinstance(event, Jump | Retime):
            self.on_change(self.state)
