"""Clips that were made on this machine and can be made again: a folder of WAV files, bounded in size."""

from __future__ import annotations

import contextlib
import hashlib
import os
import wave
from pathlib import Path
from typing import TYPE_CHECKING

from calmtray.sound.rate import FRAMES_PER_MS, RATE
from calmtray.sound.score import Clip

if TYPE_CHECKING:
    from calmtray.sound.clips import Samples

LARGEST_BYTES = 200_000_000
"""Half an hour of speech. Beyond it, what was not used for the longest time goes first."""

HEADER_BYTES = 44


class ClipCache:
    """Clips by key: 48 kHz, mono, 16 bit. The folder is made when the first clip is kept."""

    def __init__(self, folder: Path, largest_bytes: int = LARGEST_BYTES) -> None:
        self.folder = folder
        self._largest_bytes = largest_bytes

    def known(self, key: str) -> Clip | None:
        """The clip of this key, or None where there is none, or a damaged one."""
        path = self._path(key)
        ms = _length_ms(path)
        if ms is None:
            return None
        # When it was last used; a cache that can only be read is still good to hear.
        with contextlib.suppress(OSError):
            os.utime(path)
        return Clip(str(path), ms)

    def keep(self, key: str, samples: Samples) -> Clip:
        """Write a clip, and make room for it. Raises OSError."""
        from calmtray.sound import clips

        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._path(key)
        clips.write_wav(clips.segment(samples), path)
        self._make_room(path)
        return Clip(str(path), -(-len(samples) // FRAMES_PER_MS))

    def _path(self, key: str) -> Path:
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.wav"

    def _make_room(self, newest: Path) -> None:
        found = []
        # Half-written clips begin with a dot. Another process may clear the cache at the same time.
        for path in self.folder.glob("[!.]*.wav"):
            with contextlib.suppress(OSError):
                found.append((path.stat(), path))
        size = sum(info.st_size for info, _ in found)
        for info, path in sorted(found, key=lambda each: each[0].st_mtime_ns):
            if size > self._largest_bytes and path != newest:
                # On Windows, a clip that is being heard stays.
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
                    size -= info.st_size


def _length_ms(path: Path) -> int | None:
    """The length of a file of ours, rounded up, from its header; None where header and size do not agree."""
    try:
        with wave.open(str(path)) as file:
            frames, rate, width = file.getnframes(), file.getframerate(), file.getsampwidth() * file.getnchannels()
        whole = path.stat().st_size == HEADER_BYTES + frames * width
    except (OSError, EOFError, wave.Error):
        return None
    return -(-frames * 1000 // rate) if whole and frames and rate == RATE and width == 2 else None
