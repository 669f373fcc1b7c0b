"""Every sound by its file: made, rounded to 16 bit, and written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from calmtray.sound.reader import OVERLAP_MS
from tools.sounds.ambience import AMBIENCES, ambience
from tools.sounds.bells import BELLS, ring
from tools.sounds.breath import BEDS, bed
from tools.sounds.noise import RATE, Wave

Frames = NDArray[np.int16]

LOSSLESS = {"format": "FLAC", "subtype": "PCM_16", "compression_level": 1.0}
"""For what has to be there at once: Vorbis takes five times as long to decode."""

LIGHT = {"format": "OGG", "subtype": "VORBIS", "compression_level": 0.5}
"""Vorbis at half its range: what the coding adds lies 14 dB or more (measured) under noise that is hardly there."""

BLOCK = RATE
"""libsndfile's Vorbis encoder puts a block on the stack: a whole loop at once would burst it."""


def with_overlap(made: Callable[[], Wave]) -> Wave:
    """A loop, followed by its own beginning: what ``LoopReader`` needs to close the seam after the coding."""
    loop = made()
    return np.concatenate([loop, loop[: OVERLAP_MS * RATE // 1000]])


SOUNDS: dict[str, Callable[[], Wave]] = {
    **{f"bells/{name}.flac": partial(ring, bell) for name, bell in BELLS.items()},
    **{f"breath/{name}.flac": partial(with_overlap, partial(bed, name)) for name in BEDS},
    **{f"ambience/{name}.ogg": partial(with_overlap, partial(ambience, name)) for name in AMBIENCES},
}
"""File name within ``assets/sounds`` to what makes its sound."""


def frames_of(name: str) -> Frames:
    """The sound of one file in 16 bit, before it is coded."""
    return np.round(SOUNDS[name]() * 32_768).astype(np.int16)


def write(name: str, folder: Path) -> None:
    """Write one sound below ``folder``.

    A Vorbis stream carries a number drawn by chance, so the same sound gives another file each time: one that
    sounds as it should is left alone.
    """
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"fresh-{target.name}")
    encode(frames_of(name), fresh)
    if target.exists() and np.array_equal(decode(target), decode(fresh)):
        fresh.unlink()
    else:
        fresh.replace(target)


def encode(frames: Frames, target: Path) -> None:
    channels = 1 if frames.ndim == 1 else frames.shape[1]
    coding = LOSSLESS if target.suffix == ".flac" else LIGHT
    with soundfile.SoundFile(target, "w", RATE, channels, **coding) as file:
        for start in range(0, len(frames), BLOCK):
            file.write(frames[start : start + BLOCK])


def decode(source: Path) -> Frames:
    frames: Frames
    frames, _ = soundfile.read(source, dtype="int16")
    return frames
