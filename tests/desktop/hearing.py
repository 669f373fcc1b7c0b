"""Listening to a recording: what is in it and exactly where, how loud it is, and whether it clicks or tears."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mono = NDArray[np.float32]
"""(frames,) at ``RATE``, full scale 1."""

RATE = 48_000
STEP = 1 / 32_768
"""One step of the 16 bits that a recording has."""

LIKENESS = 0.6
"""A sound is there where the normalised correlation reaches this: 1 is the sound alone, 0.7 beside another as loud."""

CLICK = 12.0
"""A click bends the curve this many times as sharply as its surroundings do; noise comes to 6, speech to 9."""

AROUND = RATE // 200
GAP_FRAMES = RATE // 1_000
SILENCE_DB = -200.0


class NotHeard(AssertionError):
    """A sound is not in the recording where it was looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A sound in a recording: its first frame, and its likeness to what was looked for (0..1)."""

    frame: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Recording:
    """What was heard.

    ``began``: the instant of the first frame, in seconds on the monotonic clock. ``pace``: seconds from one frame to
    the next; no two clocks agree to the last digit, and a null sink is off by some 50 millionths.
    """

    samples: Mono
    began: float
    pace: float = 1 / RATE

    def time_of(self, frame: float) -> float:
        """The instant of a frame, in seconds on the monotonic clock."""
        return self.began + frame * self.pace

    def frame_at(self, time: float) -> int:
        """The frame of an instant, within the recording."""
        return min(max(0, round((time - self.began) / self.pace)), len(self.samples))

    @property
    def ended(self) -> float:
        """The instant after the last frame."""
        return self.time_of(len(self.samples))

    def between(self, start: float, end: float) -> Mono:
        """The samples of a stretch of time."""
        return self.samples[self.frame_at(start) : self.frame_at(end)]

    # What is in it.

    def find(self, clip: Mono, near: int, within: int) -> Found:
        """Where ``clip`` begins, at most ``within`` frames from ``near``. Raises NotHeard where it is not there.

        By normalised cross-correlation, so that neither its volume nor a quiet sound beside it matters; of the
        differences from frame to frame, since low tones tell little of the instant, and a quiet bed is mostly low.
        """
        first = max(0, near - within)
        heard = self.samples[first : max(first, near + within + len(clip))].astype(np.float64)
        if len(heard) < len(clip):
            raise NotHeard(f"The recording ends before a sound near frame {near} could be over.")
        alike = _likeness(np.diff(heard), np.diff(clip.astype(np.float64)))
        best = int(np.argmax(alike))
        likeness = float(alike[best])
        if likeness < LIKENESS:
            raise NotHeard(f"A sound is not within {within} frames of {near}: likeness {likeness:.2f} at the most.")
        return Found(first + best, likeness)

    def take_out(self, clip: Mono, frame: int) -> None:
        """Take ``clip``, which begins at ``frame``, out of this recording as well as one factor can."""
        part = self.samples[frame : frame + len(clip)]
        known = clip[: len(part)]
        part -= known * np.float32(np.dot(part, known) / max(float(np.dot(known, known)), 1e-12))

    def first_sound(self, after: float = 0.0, threshold: float = 8 * STEP) -> float | None:
        """The instant of the first sample above ``threshold`` from ``after`` on; None where all is quiet."""
        start = self.frame_at(after)
        loud = np.flatnonzero(np.abs(self.samples[start:]) > threshold)
        return self.time_of(start + int(loud[0])) if len(loud) else None

    def last_sound(self, before: float, threshold: float = STEP / 2) -> float | None:
        """The instant after the last sample above ``threshold`` that comes before ``before``; None without one."""
        loud = np.flatnonzero(np.abs(self.samples[: self.frame_at(before)]) > threshold)
        return self.time_of(int(loud[-1]) + 1) if len(loud) else None

    # How it sounds.

    def level(self, start: float, end: float) -> float:
        """The RMS of a stretch of time, in dB of full scale."""
        part = self.between(start, end).astype(np.float64)
        return 10 * math.log10(max(float(np.mean(part**2)), 1e-20)) if len(part) else SILENCE_DB

    def silent(self, start: float, end: float) -> bool:
        """Whether every sample of a stretch that was recorded is exactly 0."""
        part = self.between(start, end)
        return len(part) > 0 and not part.any()

    def clicks(self, start: float, end: float) -> list[tuple[float, float]]:
        """Where the curve bends out of all proportion to the 5 ms before and after: the instants, and how sharply.

        The measure is the second difference against the larger of its RMS on either side.
        """
        bend = np.abs(np.diff(self.between(start, end).astype(np.float64), 2))
        if len(bend) < 2 * AROUND + 8:
            return []
        power = np.concatenate(([0.0], np.cumsum(bend**2)))
        mean = np.sqrt(np.clip(power[AROUND:] - power[:-AROUND], 0, None) / AROUND)
        # ``mean[k]`` is of the window that begins at k. The three frames beside a bend are no part of its surroundings.
        middle = np.arange(AROUND + 3, len(bend) - AROUND - 3)
        around = np.maximum(mean[middle - AROUND - 3], mean[middle + 4])
        ratio = bend[middle] / np.clip(around, 2 * STEP, None)
        sharp = middle[ratio > CLICK]
        # One click is sharp in several frames.
        before = np.concatenate(([-RATE], sharp))[:-1] if len(sharp) else sharp
        firsts = sharp[sharp - before > GAP_FRAMES]
        offset = self.frame_at(start)
        return [(self.time_of(offset + int(at)), round(float(ratio[at - AROUND - 3]), 1)) for at in firsts]

    def gaps(self, start: float, end: float) -> list[tuple[float, float]]:
        """Stretches of digital silence of 1 ms and more: their instants, and how long they are in ms."""
        still = np.concatenate(([0], (self.between(start, end) == 0).astype(np.int8), [0]))
        edges = np.diff(still)
        offset = self.frame_at(start)
        return [
            (self.time_of(offset + int(first)), int(last - first) * 1000 / RATE)
            for first, last in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True)
            if last - first >= GAP_FRAMES
        ]


def _likeness(heard: NDArray[np.float64], clip: NDArray[np.float64]) -> NDArray[np.float64]:
    """The normalised correlation (-1..1) for each place where ``clip`` fits into ``heard``."""
    places = len(heard) - len(clip) + 1
    size = 1 << (len(heard) + len(clip)).bit_length()
    product = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(clip, size)), size)[:places]
    power = np.concatenate(([0.0], np.cumsum(heard**2)))
    energy = power[len(clip) :][:places] - power[:places]
    # Where there is less than the last bit can hold there is nothing to compare.
    enough = energy > len(clip) * (STEP / 2) ** 2
    norm = np.sqrt(np.where(enough, energy, 1.0) * float(np.dot(clip, clip)))
    alike: NDArray[np.float64] = np.where(enough, product / np.maximum(norm, 1e-12), 0.0)
    return alike


def line(times: NDArray[np.float64], values: NDArray[np.float64]) -> tuple[float, float]:
    """The straight line through points: its value in their middle, and its rise from the first to the last."""
    slope, _ = np.polyfit(times - times.mean(), values, 1)
    return float(values.mean()), float(slope * (times[-1] - times[0]))
