"""Plays one session: its states, its timeline, and its row in the journal. Knows no toolkit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import Protocol

from calmtray.practice.model import Pattern
from calmtray.session import state as states
from calmtray.session.breath import Pose, pose_at
from calmtray.session.state import Begin, Ending, Event, Jump, Pause, Resume, Retime, State, Status, Stop, Tick
from calmtray.session.timeline import Timeline, ease_pace, lengthen

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


class Sound(Protocol):
    """What is heard of a session."""

    def play(self, timeline: Timeline, from_ms: float) -> None:
        """Play from here, now."""

    def change(self, timeline: Timeline, at_ms: float) -> None:
        """The timeline has another future; what was before ``at_ms`` is as it was."""

    def pause(self) -> None:
        """Be silent, until ``play``."""

    def end(self, finished: bool) -> None:
        """It is over: let the last bell ring out; or leave, where somebody had enough."""


class Silence:
    """No sound at all."""

    def play(self, timeline: Timeline, from_ms: float) -> None:
        """Nothing."""

    def change(self, timeline: Timeline, at_ms: float) -> None:
        """Nothing."""

    def pause(self) -> None:
        """Nothing."""

    def end(self, finished: bool) -> None:
        """Nothing."""


class SessionRunner:
    """One session from *Begin* to its end. ``clock``: the playhead in ms; ``on_change`` hears every change of state."""

    def __init__(
        self, timeline: Timeline, clock: Callable[[], float], log: SessionLog, sound: Sound | None = None
    ) -> None:
        self.timeline = timeline
        self._sound = sound or Silence()
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

    def prepare(self, timeline: Timeline, sound: Sound | None = None) -> None:
        """Before *Begin*: another timeline, since a voice has come meanwhile; perhaps other performers."""
        if self.state.status is Status.READY:
            self.timeline, self._sound = timeline, sound or self._sound
            self.state = State(timeline.length_ms)

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
        # Steps that are left out begin where others do, or at the end: nobody goes there.
        starts = [*dict.fromkeys(self.timeline.starts_ms)]
        position = self.position_ms
        here = bisect_right(starts, position) - 1
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
        self._change(ease_pace(self.timeline, at_ms, pattern), at_ms)
        return True

    def one_more_minute(self) -> bool:
        """Stay about a minute longer with the step under way; whether there is one."""
        if self.state.status not in (Status.PLAYING, Status.PAUSED):
            return False
        at_ms = int(self.position_ms)
        self._change(lengthen(self.timeline, at_ms), at_ms)
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

    def _change(self, timeline: Timeline, at_ms: int) -> None:
        self.timeline = timeline
        self._do(Retime(self._clock(), timeline.length_ms))
        if self.state.status is Status.PLAYING:
            self._sound.change(timeline, at_ms)

    def _keep(self) -> None:
        self._kept_ms = self.state.played_ms
        self._log.keep(round(self._kept_ms), self.timeline)

    def _do(self, event: Event) -> None:
        before, self.state = self.state, states.step(self.state, event)
        if self.state.ending is not None and before.status in (Status.PLAYING, Status.PAUSED):
            self._log.end(round(self.state.played_ms), self.timeline, self.state.ending)
        elif self.state.status is Status.PAUSED and before.status is Status.PLAYING:
            self._keep()
        self._sound_out(before, event)
        if self.state.status is not before.status or isinstance(event, Jump | Retime):
            self.on_change(self.state)

    def _sound_out(self, before: State, event: Event) -> None:
        """Let the ear follow."""
        now = self.state
        if now.status is Status.PLAYING and (before.status is not Status.PLAYING or isinstance(event, Jump)):
            self._sound.play(self.timeline, now.position_ms)
        elif now.status is Status.PAUSED and before.status is Status.PLAYING:
            self._sound.pause()
        elif now.status is Status.ENDED and before.status is not Status.ENDED:
            # Skipped past, the end is not rung in.
            self._sound.end(finished=now.ending is Ending.FINISHED and not isinstance(event, Jump))
