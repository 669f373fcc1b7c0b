"""The one playhead that eye and ear follow: the monotonic clock, led gently by what the device has played."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

CATCH_UP_MS = 1_000
"""An error is made good exponentially with this time constant: jitter of the device is averaged out, drift followed."""

FASTEST = 0.5
"""However large the error, the playhead never runs slower or faster than by this share; so it never turns back."""

LONGEST_HOLD_MS = 700
"""Longer than this nobody waits for a sound: the session goes on, and the sound joins it."""


class Hold(NamedTuple):
    """One time of standing still: the how manieth, and what the playhead shows meanwhile (ms)."""

    number: int
    at_ms: float


class Playhead:
    """A clock in ms that never goes back. ``clock``: monotonic ms. Safe to use from several threads.

    ``on_given_up`` hears, on the thread that looks, when it has waited in vain for a sound.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.on_given_up: Callable[[], None] = lambda: None
        self._given_up = False
        self._clock = clock
        self._lock = Lock()
        self._seen = clock()
        self._now = self._seen
        self._behind = 0.0
        self._hold = Hold(0, self._now)
        self._held = False
        self._held_since = 0.0
        self._released: float | None = None

    def now_ms(self) -> float:
        """What it shows."""
        with self._lock:
            shown = self._advance(self._clock())
            given_up, self._given_up = self._given_up, False
        if given_up:
            self.on_given_up()
        return shown

    @property
    def held(self) -> bool:
        """Whether it stands still."""
        with self._lock:
            self._advance(self._clock())
            return self._held

    def hold(self) -> Hold:
        """Stand still from now on, until ``release``."""
        with self._lock:
            self._hold = Hold(self._hold.number + 1, self._advance(self._clock()))
            self._held, self._held_since, self._released, self._behind = True, self._seen, None, 0.0
            return self._hold

    def release(self, hold: Hold, at_clock_ms: float) -> None:
        """Go on, as of this time of the clock, if it is this hold that it stands still for."""
        with self._lock:
            self._advance(self._clock())
            if self._held and self._released is None and hold.number == self._hold.number:
                self._released = at_clock_ms

    def lead(self, clock_ms: float, should_be_ms: float) -> None:
        """The device's word: at ``clock_ms`` the playhead should have shown ``should_be_ms``."""
        with self._lock:
            now = self._advance(self._clock())
            if not self._held:
                self._behind = should_be_ms + (self._seen - clock_ms) - now

    def free(self) -> None:
        """Nobody leads any more: run on with the clock."""
        with self._lock:
            self._advance(self._clock())
            self._behind = 0.0

    def _advance(self, clock_ms: float) -> float:
        since, self._seen = max(0.0, clock_ms - self._seen), max(clock_ms, self._seen)
        if self._held:
            until = self._held_since + LONGEST_HOLD_MS if self._released is None else self._released
            if clock_ms < until:
                return self._now
            since, self._held, self._given_up = clock_ms - until, False, self._released is None
        step = self._behind * min(1.0, since / CATCH_UP_MS)
        step = min(max(step, -FASTEST * since), FASTEST * since)
        self._behind -= step
        self._now += since + step
        return self._now
