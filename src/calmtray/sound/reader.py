"""Sound files decoded as far as somebody has asked for them, and every frame of them once."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import numpy as np
import soundfile
from numpy.typing import NDArray

from calmtray.sound.rate import FRAMES_PER_MS, RATE

Samples: TypeAlias = NDArray[np.int16]

BLOCK_FRAMES = RATE
"""How much is decoded at once: a long file must not keep a window waiting."""

OVERLAP_MS = 100
"""A looped file goes on past its end, by this much of its own beginning: coding disturbs the edges of a file."""

OVERLAP_FRAMES = OVERLAP_MS * FRAMES_PER_MS


class ClipReader:
    """One clip at 48 kHz. What can't be read of a file is silence."""

    def __init__(self, path: str | Path) -> None:
        self.frames = 0
        self._samples = np.empty((0, 1), np.int16)
        self._decoded = 0
        self._file: soundfile.SoundFile | None = None
        try:
            self._file = soundfile.SoundFile(path)
        except (soundfile.SoundFileError, OSError):
            return
        self.frames = self._file.frames
        self._samples = np.zeros((self.frames, min(2, self._file.channels)), np.int16)

    @property
    def nbytes(self) -> int:
        """The memory that it takes once all of it is decoded."""
        return self._samples.nbytes

    def read(self, start: int, stop: int) -> Samples:
        """Frames ``start`` to ``stop``, shape (frames, channels); fewer where it ends."""
        while self._decoded < min(stop, self.frames):
            block = self._next_block()
            if not len(block):
                self._decoded = self.frames
                break
            self._samples[self._decoded : self._decoded + len(block)] = block
            self._decoded += len(block)
        if self._decoded >= self.frames:
            self.close()
        return self._samples[start:stop]

    def read_on(self) -> bool:
        """Decode a little more, ahead of whoever will ask for it; whether there was anything left."""
        left = self._decoded < self.frames
        if left:
            ClipReader.read(self, self._decoded, self._decoded + 1)
        return left

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _next_block(self) -> Samples:
        if self._file is None:
            return self._samples[:0]
        wanted = min(BLOCK_FRAMES, self.frames - self._decoded)
        try:
            block: Samples = self._file.read(wanted, dtype="int16", always_2d=True)
        except soundfile.SoundFileError:
            return self._samples[:0]
        return block[:, : self._samples.shape[1]]


class LoopReader(ClipReader):
    """One of our own loops: it goes round without a seam, however long it is asked for.

    The loop begins where the overlap of its file ends. At its end the tail of the file, which goes on as its beginning
    does, crosses over to the very beginning; that leads to where the loop begins. Both are the same sound but for the
    coding, so that their shares add up to one and the loudness stays.
    """

    def __init__(self, path: str | Path) -> None:
        super().__init__(path)
        self._head = super().read(0, OVERLAP_FRAMES).astype(np.float64)
        self.loop_frames = max(0, self.frames - OVERLAP_FRAMES)
        self._closed = False

    def read(self, start: int, stop: int) -> Samples:
        """Frames ``start`` to ``stop`` of the endless loop, shape (frames, channels)."""
        if not self.loop_frames:
            return self._samples[:0]
        first = start % self.loop_frames
        last = first + stop - start
        if last <= self.loop_frames - OVERLAP_FRAMES:
            return super().read(OVERLAP_FRAMES + first, OVERLAP_FRAMES + last)
        self._close_loop()
        return np.take(self._samples[OVERLAP_FRAMES:], np.arange(first, last) % self.loop_frames, axis=0)

    def _close_loop(self) -> None:
        if not self._closed:
            self._closed = True
            tail = super().read(self.loop_frames, self.frames)
            share = (np.arange(OVERLAP_FRAMES) / OVERLAP_FRAMES)[:, None]
            tail[:] = np.round(tail * (1 - share) + self._head * share).astype(np.int16)
