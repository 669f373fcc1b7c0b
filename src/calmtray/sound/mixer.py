"""Placements -> PCM, window by window: float32 sums with ramps and headroom.

Every sample depends on its own place in the session alone. Windows laid end to end are therefore the same, bit for bit,
as one whole render: sums run in the order of the placements, and whatever is curved is computed once per sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from calmtray.sound.rate import FRAMES_PER_MS, RATE
from calmtray.sound.score import BedSound, BellSound, BreathSound, ClipSound, Placement, SongSound
from calmtray.sound.shelf import Shelf

Mix: TypeAlias = NDArray[np.float32]

FADE_IN_FRAMES = RATE
"""The sound of a session comes up within its first second."""

DUCKED = 10 ** (-9 / 20)
DUCK_RAMP_FRAMES = 300 * FRAMES_PER_MS

MONO = np.float32(2**-0.5)
"""One channel on two loudspeakers keeps its loudness (ITU-R BS.1770 sums their powers)."""

KNEE, CEILING = 0.70, 0.88
"""Below the knee nothing is touched; above it the mix bends towards the ceiling (-1.1 dBFS) and never gets there."""


class Mixer:
    """Sums what is placed. ``sounds``: the folder with bells, breaths and beds."""

    def __init__(self, sounds: Path) -> None:
        self._shelf = Shelf(sounds)

    def window(self, placements: Iterable[Placement], start: int, stop: int, risen: int = FADE_IN_FRAMES) -> Mix:
        """Frames ``start`` to ``stop`` of the session (48 kHz), shape (stop - start, 2), within +/- ``CEILING``.

        ``risen``: the frame at which the sound has faded in. Whoever plays it from another place says so.
        """
        mix: Mix = np.zeros((stop - start, 2), np.float32)
        for placement in placements:
            first = max(start, placement.at_ms * FRAMES_PER_MS)
            last = min(stop, placement.until_ms * FRAMES_PER_MS)
            if first < last:
                self._add(mix[first - start : last - start], placement, first, last)
        if start < risen:
            since = np.arange(start, min(stop, risen)) - (risen - FADE_IN_FRAMES)
            rising = np.maximum(since / FADE_IN_FRAMES, 0.0)
            mix[: len(rising)] *= rising.astype(np.float32)[:, None]
        return _bent(mix)

    def load_more(self, placements: Iterable[Placement]) -> bool:
        """Open a song, decode a second more of each loop, and compute a breath: so that none of it is far away.

        Whether any was left.
        """
        sounds = dict.fromkeys(placement.sound for placement in placements)
        loops = {loop for sound in sounds for loop in self._shelf.loops(sound)}
        # Each of the loops reads on; breaths come after them, which they are cut from.
        return any([loop.read_on() for loop in loops]) or self._shelf.breath_ahead(  # noqa: C419
            sound for sound in sounds if isinstance(sound, BreathSound)
        )

    def close(self) -> None:
        """Let go of everything that was decoded."""
        self._shelf.close()

    def _add(self, mix: Mix, placement: Placement, first: int, last: int) -> None:
        """Add session frames ``first`` to ``last`` of one placement."""
        begins = placement.at_ms * FRAMES_PER_MS
        heard = self._samples(placement, first - begins, last - begins)
        if not len(heard):
            return
        share: Mix | np.float32 = np.float32(placement.gain)
        if placement.fade_in_ms or placement.fade_out_ms or placement.under:
            share = _share(placement, np.arange(first, first + len(heard)))[:, None]
        if heard.shape[1] == 1:
            share = share * MONO
        mix[: len(heard)] += heard * share

    def _samples(self, placement: Placement, start: int, stop: int) -> Mix:
        """Frames of the sound itself, shape (frames, 1 or 2); fewer where it is over."""
        match placement.sound:
            case BreathSound() as breath:
                return self._shelf.breath(breath)[start:stop, None]
            case ClipSound() as clip:
                return _floats(self._shelf.clip(clip).read(start, stop))
            case BellSound() as bell:
                return _floats(self._shelf.bell(bell).read(start, stop))
            case BedSound() as bed:
                return _floats(self._shelf.bed(bed).read(start, stop))
            case SongSound() as song:
                return self._shelf.song(song).read(start, stop)


def _floats(samples: NDArray[np.int16]) -> Mix:
    return samples.astype(np.float32) * np.float32(1 / 32_768)


def _share(placement: Placement, frames: NDArray[np.int64]) -> NDArray[np.float32]:
    """The gain of a placement at each of these session frames."""
    share = np.full(len(frames), placement.gain)
    if placement.fade_in_ms:
        come = frames - placement.at_ms * FRAMES_PER_MS
        share *= np.minimum(come / (placement.fade_in_ms * FRAMES_PER_MS), 1.0)
    if placement.fade_out_ms:
        left = placement.until_ms * FRAMES_PER_MS - frames
        share *= np.minimum(left / (placement.fade_out_ms * FRAMES_PER_MS), 1.0)
    share *= _ducking(placement.under, frames)
    return share.astype(np.float32)


def _ducking(spans: Sequence[tuple[int, int]], frames: NDArray[np.int64]) -> NDArray[np.float64]:
    """1 far from any span, ``DUCKED`` within one, straight ramps between."""
    away = np.full(len(frames), float(DUCK_RAMP_FRAMES))
    for at_ms, until_ms in spans:
        begin, end = at_ms * FRAMES_PER_MS, until_ms * FRAMES_PER_MS
        if begin - DUCK_RAMP_FRAMES < frames[-1] and frames[0] < end + DUCK_RAMP_FRAMES:
            away = np.minimum(away, np.maximum(np.maximum(begin - frames, frames - end), 0))
    return DUCKED + (1 - DUCKED) * away / DUCK_RAMP_FRAMES


def _bent(mix: Mix) -> Mix:
    """The mix with what lies above the knee bent below the ceiling."""
    loud = np.abs(mix) > KNEE
    if loud.any():
        over = np.abs(mix[loud]) - np.float32(KNEE)
        room = np.float32(CEILING - KNEE)
        mix[loud] = np.copysign(np.float32(KNEE) + room * over / (over + room), mix[loud])
    return mix
