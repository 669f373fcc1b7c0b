"""Plays a session's sound off the main thread. Light: what it needs is loaded on its own thread, when it starts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from calmtray.sound.playhead import Playhead
from calmtray.sound.request import Change, End, Pause, Play, Prepare, Request, Score

if TYPE_CHECKING:
    from calmtray.sound.engine import Engine


class Player:
    """One session's sound. ``prepare`` it early; ``end`` ends its thread; between, the last request counts.

    ``clock``: monotonic ms, the same that ``playhead`` runs on. ``on_audible`` hears, on whatever thread notices it,
    that nothing can be heard (False: no device, or a sound server that does not answer) and that it can again (True).
    """

    def __init__(
        self,
        sounds: Path,
        playhead: Playhead,
        clock: Callable[[], float],
        on_audible: Callable[[bool], None],
    ) -> None:
        self._sounds = sounds
        self._playhead = playhead
        self._clock = clock
        self._on_audible = on_audible
        self._audible = True
        playhead.on_given_up = lambda: self._tell(audible=False)
        self._requests: SimpleQueue[Request] = SimpleQueue()
        self._thread = Thread(target=self._run, name="sound", daemon=True)
        self._engine: Engine | None = None
        self._ended = False

    @property
    def missed_ms(self) -> float:
        """How much sound came too late for the device."""
        return self._engine.missed_ms if self._engine else 0.0

    def prepare(self, score: Score) -> None:
        """Load what playing this needs. Nothing is heard, and no device is opened yet."""
        self._requests.put(Prepare(score))
        self._start()

    def play(self, score: Score, from_ms: float) -> None:
        """Play from this place of the session. The playhead stands still until the sound is heard.

        While nothing can be heard nobody waits: the sound joins when it comes.
        """
        hold = self._playhead.hold()
        if not self._audible:
            self._playhead.release(hold, self._clock())
        self._requests.put(Play(score, from_ms, hold))
        self._start()

    def change(self, score: Score) -> None:
        """Go on with another score at the same place."""
        self._requests.put(Change(score))

    def pause(self) -> None:
        """Be silent, until ``play``."""
        self._requests.put(Pause())

    def end(self, finished: bool) -> None:
        """Let the last sounds ring out; or, where somebody had enough, leave within half a second."""
        self._requests.put(End(finished))
        self._ended = True

    def join(self, most_s: float) -> None:
        """Wait until the last sound has gone, but no longer than this."""
        if self._thread.is_alive():
            self._thread.join(most_s)

    def _start(self) -> None:
        if self._thread.ident is None and not self._ended:
            self._thread.start()

    def _run(self) -> None:
        try:
            from calmtray.sound.engine import Engine
        except (ImportError, OSError):
            # A library for sound that this machine can't load: words and pacer do without.
            self._tell(audible=False)
            return
        self._engine = Engine(self._sounds, self._playhead, self._clock, self._tell)
        self._engine.run(self._requests)

    def _tell(self, audible: bool) -> None:
        if audible != self._audible:
            self._audible = audible
            self._on_audible(audible)
