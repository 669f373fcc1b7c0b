"""What lies ready for the device: a queue of PCM that can be cut and crossed over at any frame not yet taken."""

from __future__ import annotations

from collections import deque
from threading import Lock
from typing import NamedTuple

import numpy as np

from calmtray.sound.mixer import Mix
from calmtray.sound.playhead import Hold


class Mark(NamedTuple):
    """The frame that is heard when the playhead leaves this hold; what plays is counted from it."""

    frame: int
    hold: Hold


class Taken(NamedTuple):
    """What a device took: frames from the one numbered ``first``, and the mark that they are counted from."""

    first: int
    mark: Mark | None
    samples: Mix


class Feed:
    """Frames are counted as the device takes them. Safe between the filler's and the device's thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._blocks: deque[Mix] = deque()
        self._taken = 0
        self._ready = 0
        self._mark: Mark | None = None
        self.missed = 0

    @property
    def taken(self) -> int:
        """Frames taken so far."""
        with self._lock:
            return self._taken

    @property
    def ready(self) -> int:
        """Frames that lie ready."""
        with self._lock:
            return self._ready

    @property
    def mark(self) -> Mark | None:
        """What the frames that play are counted from; None where nothing plays."""
        with self._lock:
            return self._mark

    def take(self, frames: int) -> Taken:
        """The next frames; silence makes up for those that are not there.

        While something plays (there is a mark), frames that are not there are missed: they are not counted as taken,
        what comes later comes that much later.
        """
        with self._lock:
            first, parts, wanted = self._taken, [], frames
            while wanted and self._blocks:
                block = self._blocks.popleft()
                if len(block) > wanted:
                    self._blocks.appendleft(block[wanted:])
                    block = block[:wanted]
                parts.append(block)
                wanted -= len(block)
            self._ready -= frames - wanted
            self._taken += frames
            if wanted:
                parts.append(np.zeros((wanted, 2), np.float32))
                if self._mark is not None:
                    self.missed += wanted
                    self._taken -= wanted
            return Taken(first, self._mark, np.concatenate(parts))

    def add(self, block: Mix) -> None:
        """Put a block at the end."""
        with self._lock:
            self._blocks.append(block)
            self._ready += len(block)

    def splice(self, block: Mix, rise: Mix, due: int | None = None) -> int:
        """Let ``block`` take over from whatever lies ready; says at which frame it does.

        ``rise``: gains 0..1, shape (frames, 1), by which it comes up while what lay ready goes down. ``due``: the
        frame that the block begins at if it has a place of its own: what is taken by then is left out. Without one
        it begins with the next frame.
        """
        with self._lock:
            return self._splice(block, rise, due)

    def start(self, block: Mix, rise: Mix, hold: Hold, offset: int = 0) -> None:
        """Let something new play: as ``splice``; the mark is ``offset`` frames from the block's first."""
        with self._lock:
            self._mark = Mark(self._splice(block, rise, None) + offset, hold)

    def move_mark(self, frames: int) -> None:
        """Count from a later frame (an earlier one, if negative)."""
        with self._lock:
            if self._mark is not None:
                self._mark = self._mark._replace(frame=self._mark.frame + frames)

    def finish(self) -> None:
        """Nothing is counted any more: what lies ready may run dry."""
        with self._lock:
            self._mark = None

    def _splice(self, block: Mix, rise: Mix, due: int | None) -> int:
        at = self._taken
        mixed = block.copy() if due is None else block[at - due :].copy()
        crossed = rise[: len(mixed)]
        mixed[: len(crossed)] *= crossed
        if self._blocks:
            old = np.concatenate(self._blocks)[: len(crossed)]
            mixed[: len(old)] += old * (1 - crossed[: len(old)])
        self._blocks.clear()
        self._blocks.append(mixed)
        self._ready = len(mixed)
        return at
