"""Several performers as one."""

from __future__ import annotations

from calmtray.session.runner import Sound
from calmtray.session.timeline import Timeline


class Ensemble:
    """Whatever the session does, they all do."""

    def __init__(self, *performers: Sound) -> None:
        self._performers = performers

    def play(self, timeline: Timeline, from_ms: float) -> None:
        """Play from here, now."""
        for performer in self._performers:
            performer.play(timeline, from_ms)

    def change(self, timeline: Timeline, at_ms: float) -> None:
        """The timeline has another future."""
        for performer in self._performers:
            performer.change(timeline, at_ms)

    def pause(self) -> None:
        """Be silent, until ``play``."""
        for performer in self._performers:
            performer.pause()

    def end(self, finished: bool) -> None:
        """It is over."""
        for performer in self._performers:
            performer.end(finished)
