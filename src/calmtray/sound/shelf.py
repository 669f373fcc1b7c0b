"""Decoded sounds, each decoded once: bells, beds, breaths, and the clips that are being played."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import TypeAlias, TypeVar

import numpy as np
import soundfile
from numpy.typing import NDArray

from calmtray.sound.breath_sound import breath_samples
from calmtray.sound.loops import OVERLAP_MS, looped
from calmtray.sound.score import Ambience, BedSound, BellSound, BreathSound, ClipSound

Samples: TypeAlias = NDArray[np.int16]
Breath: TypeAlias = NDArray[np.float32]

_Key = TypeVar("_Key")
_Kept = TypeVar("_Kept")

FRAMES_PER_MS = 48
DECODE_FRAMES = 48_000
"""How much of a clip is decoded at once: a long one must not keep a window waiting."""

KEPT_CLIPS = 4
KEPT_BREATHS = 12
"""A session needs a clip while it is said and the few phases of its pattern; more would only take up memory."""


class ClipReader:
    """One clip, decoded as far as somebody has asked for it. A file that can't be read is silence."""

    def __init__(self, path: str) -> None:
        self.frames = 0
        self._samples = np.empty((0, 1), np.int16)
        self._decoded = 0
        try:
            self._file: soundfile.SoundFile | None = soundfile.SoundFile(path)
        except (soundfile.SoundFileError, OSError):
            self._file = None
        else:
            self.frames = self._file.frames
            self._samples = np.zeros((self.frames, min(2, self._file.channels)), np.int16)

    def read(self, start: int, stop: int) -> Samples:
        """Frames ``start`` to ``stop``, shape (frames, channels)."""
        while self._decoded < min(stop, self.frames) and self._file is not None:
            block = self._file.read(DECODE_FRAMES, dtype="int16", always_2d=True)
            if not len(block):
                break
            self._samples[self._decoded : self._decoded + len(block)] = block[:, : self._samples.shape[1]]
            self._decoded += len(block)
        if self._decoded >= self.frames:
            self.close()
        return self._samples[start:stop]

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None


class Shelf:
    """``sounds``: the folder with bells, breaths and beds."""

    def __init__(self, sounds: Path) -> None:
        self._sounds = sounds
        self._clips: OrderedDict[str, ClipReader] = OrderedDict()
        self._breaths: OrderedDict[BreathSound, Breath] = OrderedDict()
        self._files: dict[str, Samples] = {}
        self._noises: dict[str, Breath] = {}

    def clip(self, sound: ClipSound) -> ClipReader:
        """A clip, to be read in pieces."""
        if sound.path not in self._clips:
            for reader in _make_room(self._clips, KEPT_CLIPS):
                reader.close()
            self._clips[sound.path] = ClipReader(sound.path)
        self._clips.move_to_end(sound.path)
        return self._clips[sound.path]

    def bell(self, sound: BellSound) -> Samples:
        """A whole bell, shape (frames, channels)."""
        return self._file(f"bells/{sound.bell.value}.flac", loop=False)

    def bed(self, sound: BedSound) -> Samples:
        """One turn of an ambience, shape (frames, channels)."""
        assert sound.ambience is not Ambience.OFF
        return self._file(f"ambience/{sound.ambience.value}.ogg", loop=True)

    def breath(self, sound: BreathSound) -> Breath:
        """One phase of a breath, shape (frames,)."""
        if sound not in self._breaths:
            _make_room(self._breaths, KEPT_BREATHS)
            self._breaths[sound] = breath_samples(sound, self._noise)
        self._breaths.move_to_end(sound)
        return self._breaths[sound]

    def close(self) -> None:
        """Let go of everything."""
        for reader in self._clips.values():
            reader.close()
        self._clips.clear()
        self._breaths.clear()
        self._files.clear()
        self._noises.clear()

    def _noise(self, name: str) -> Breath:
        if name not in self._noises:
            whole = self._file(f"breath/{name}.ogg", loop=True)
            self._noises[name] = whole[:, 0].astype(np.float32) / np.float32(32_768)
            del self._files[f"breath/{name}.ogg"]
        return self._noises[name]

    def _file(self, name: str, *, loop: bool) -> Samples:
        if name not in self._files:
            samples, _rate = soundfile.read(self._sounds / name, dtype="int16", always_2d=True)
            self._files[name] = looped(samples, OVERLAP_MS * FRAMES_PER_MS) if loop else samples
        return self._files[name]


def _make_room(kept: OrderedDict[_Key, _Kept], most: int) -> list[_Kept]:
    """Take out the oldest ones until another fits; gives them back."""
    return [kept.popitem(last=False)[1] for _ in range(len(kept) - most + 1)]
