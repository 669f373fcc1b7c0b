"""A song of the user's own: a file at any rate, of any length, decoded and brought to 48 kHz a second at a time."""

from __future__ import annotations

from collections import OrderedDict
from math import gcd
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from calmtray.sound.clips import RATES, Flaw, resample
from calmtray.sound.rate import RATE

KEPT_SECONDS = 4
"""Seconds kept at once (384 kB each): what is heard now, and a little of what was, for somebody who pauses."""

MOST_CHANNELS = 8
"""A file with more is no song, and a second of it might fill the memory."""

EDGE = 10
"""The share of a second, 1/10, that is decoded on both sides of each and faded: what a spectrum would take round."""

EXACT = ("WAV", "WAVEX", "FLAC")
"""Containers in which a place is found exactly."""

Frames = NDArray[np.float32]


def song_flaw(path: str | Path) -> Flaw | None:
    """Why this file can't be played, or None. Its first second is decoded to find out; pipes and devices are not."""
    try:
        if not Path(path).is_file():
            return Flaw.MISSING
        with soundfile.SoundFile(path) as file:
            if not RATES[0] <= file.samplerate <= RATES[1] or file.channels > MOST_CHANNELS:
                return Flaw.NOT_AUDIO
            return None if len(file.read(file.samplerate, always_2d=True)) else Flaw.EMPTY
    except (soundfile.SoundFileError, OSError, ValueError):
        return Flaw.NOT_AUDIO


class SongReader:
    """One song at 48 kHz. What can't be read of it is silence.

    Every second of it is computed from its own place in the file alone, with a tenth of a second around it, so that it
    is the same whichever way it is come to, and a second goes over into the next without a seam.
    """

    def __init__(self, path: str | Path) -> None:
        self._seconds: OrderedDict[int, Frames] = OrderedDict()
        self._file = _Decoder(path) if song_flaw(path) is None else None

    @property
    def frames(self) -> int:
        """Its length at 48 kHz."""
        return -(-self._file.length * RATE // self._file.rate) if self._file is not None else 0

    def read(self, start: int, stop: int) -> Frames:
        """Frames ``start`` to ``stop``, shape (frames, 1 or 2), full scale 1; fewer where it ends."""
        stop = min(stop, self.frames)
        if self._file is None or start >= stop:
            return np.zeros((0, 2), np.float32)
        parts = []
        for number in range(start // RATE, (stop - 1) // RATE + 1):
            first = number * RATE
            parts.append(self._second(self._file, number)[max(0, start - first) : stop - first])
        return np.concatenate(parts)

    def read_on(self) -> bool:
        """Open it and decode its beginning, ahead of whoever will ask for it. The rest need not be ready."""
        # One that plays is left where it is: to go back in it costs as much as to come there again.
        if not self._seconds:
            self.read(0, 1)
        return False

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
        self._seconds.clear()

    def _second(self, file: _Decoder, number: int) -> Frames:
        """Second ``number`` of it, 48,000 frames, silent where the file has none."""
        if number not in self._seconds:
            while len(self._seconds) >= KEPT_SECONDS:
                self._seconds.popitem(last=False)
            self._seconds[number] = _at_our_rate(file, number)
        self._seconds.move_to_end(number)
        return self._seconds[number]


def _at_our_rate(file: _Decoder, number: int) -> Frames:
    """Second ``number`` of a file, at 48 kHz."""
    rate = file.rate
    if rate == RATE:
        return file.read(number * rate, (number + 1) * rate)
    # The edge is a whole number of frames at both rates.
    grain = rate // gcd(rate, RATE)
    edge = -(-rate // EDGE // grain) * grain
    around = file.read(number * rate - edge, (number + 1) * rate + edge).astype(np.float64)
    rise = ((1 - np.cos(np.pi * (np.arange(edge) + 0.5) / edge)) / 2)[:, None]
    around[:edge] *= rise
    around[len(around) - edge :] *= rise[::-1]
    first = edge * RATE // rate
    return resample(around, rate)[first : first + RATE].astype(np.float32)


class _Straight(soundfile.SoundFile):  # type: ignore[misc, unused-ignore]
    """Read from the beginning to the end. soundfile seeks after every read, to where it is: in some MP3 that moves."""

    def seekable(self) -> bool:
        """Not by anybody."""
        return False


class _Decoder:
    """A file at its own rate, read from its beginning to its end.

    Only what is not compressed, or without loss, is sought in: libsndfile misses the place in some Vorbis and MP3
    files (measured: Vorbis at 22,050 Hz near its end, MP3 at 48,000 Hz anywhere). In these what lies between is decoded
    (a minute takes about half a second), and going back begins anew.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = path
        self._file = _Straight(path)
        self.rate: int = self._file.samplerate
        self.length: int = max(0, self._file.frames)
        self._channels = min(2, self._file.channels)
        self._at = 0
        self._last = np.zeros((0, self._channels), np.float32)

    def read(self, start: int, stop: int) -> Frames:
        """Frames ``start`` to ``stop``; silence where there are none, or none that can be read."""
        found = np.zeros((stop - start, self._channels), np.float32)
        first, last = max(0, start), min(stop, self.length)
        if first < last:
            self._go_to(first, last)
            begins = self._at - len(self._last)
            block = self._last[first - begins : last - begins]
            found[first - start : first - start + len(block)] = block
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _go_to(self, first: int, last: int) -> None:
        """Decode until ``last``, and keep what came since ``first``."""
        if first < self._at - len(self._last):
            self._file.close()
            self._file = _Straight(self._path)
            self._forget(0)
        if self._file.format in EXACT and first > self._at:
            self._file.seek(first)
            self._forget(first)
        while self._at < last:
            try:
                block = self._file.read(min(self.rate, last - self._at), dtype="float32", always_2d=True)
            except soundfile.SoundFileError:
                block = np.zeros((0, self._channels), np.float32)
            if not len(block):
                self.length = self._at
                break
            # A file of floats may hold anything.
            block = np.nan_to_num(block[:, : self._channels], nan=0.0, posinf=0.0, neginf=0.0)
            kept = self._last[max(0, first - self._at + len(self._last)) :]
            self._last = np.concatenate((kept, block))
            self._at += len(block)

    def _forget(self, at: int) -> None:
        self._at, self._last = at, self._last[:0]
