"""A whole session -> one sound file, a second at a time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import soundfile
from numpy.typing import NDArray

from calmtray.sound.rate import FRAMES_PER_MS, RATE
from calmtray.sound.score import Placement
from calmtray.sound.whole_file import written_whole

FORMATS = {".wav": ("WAV", "PCM_16"), ".flac": ("FLAC", "PCM_16"), ".ogg": ("OGG", "VORBIS")}

WINDOW = RATE
"""Frames at a time; libsndfile's Vorbis encoder would burst its stack with a whole session."""


class Mixing(Protocol):
    """What sums the placements."""

    def window(self, placements: Sequence[Placement], start: int, stop: int) -> NDArray[np.float32]:
        """Frames ``start`` to ``stop`` at 48 kHz, shape (stop - start, 2)."""


def render(placements: Sequence[Placement], length_ms: int, mixer: Mixing, out: Path) -> None:
    """Write the session, until its end or until the last sound is over, as 48 kHz stereo; all of it or nothing.

    The suffix of ``out``, one of ``FORMATS``, names the format. Where ``out`` is a link, the file that it leads to is
    written, and the link stays. Raises OSError.
    """
    last_ms = max([length_ms, *(placement.until_ms for placement in placements)])
    frames = last_ms * FRAMES_PER_MS
    container, coding = FORMATS[out.suffix.lower()]
    with written_whole(Path(os.path.realpath(out))) as unfinished:
        try:
            with soundfile.SoundFile(unfinished, "w", RATE, 2, format=container, subtype=coding) as file:
                for start in range(0, frames, WINDOW):
                    file.write(mixer.window(placements, start, min(start + WINDOW, frames)))
            with soundfile.SoundFile(unfinished) as file:
                # Closing a file, libsndfile keeps to itself that there was no room for the rest.
                file.seek(frames - 1)
                whole = len(file.read(2)) == 1
        except (soundfile.SoundFileError, AssertionError) as error:
            # soundfile only asserts that everything was written.
            _write_on(unfinished)
            raise OSError(str(error)) from error
        if not whole:
            _write_on(unfinished)
            raise OSError("the file was cut short")


def _write_on(unfinished: Path) -> None:
    """Write a little more: libsndfile keeps to itself why it can't, the system says so. Raises OSError."""
    with unfinished.open("ab") as file:
        file.write(bytes(1_000_000))
