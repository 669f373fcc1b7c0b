"""The sounds that are being played, each decoded once. Raises FileNotFoundError where calmtray's own are missing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from errno import ENOENT
from os import strerror
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from calmtray.sound.breath_sound import breath_samples
from calmtray.sound.rate import FRAMES_PER_MS
from calmtray.sound.reader import ClipReader, LoopReader, Samples
from calmtray.sound.score import BedSound, BellSound, BreathSet, BreathSound, ClipSound, SongSound, Sound
from calmtray.sound.song import SongReader

Breath: TypeAlias = NDArray[np.float32]

KEPT_CLIP_BYTES = 8_000_000
"""Clips that were said are kept for somebody who goes back, 80 s of them; the one in use always is."""

KEPT_BREATHS = 4
"""The phases of a breath come again; more would only take up memory."""


class Shelf:
    """``sounds``: the folder with bells, breaths and beds. What is read from it is int16, shape (frames, channels)."""

    def __init__(self, sounds: Path) -> None:
        self._sounds = sounds
        self._clips: OrderedDict[str, ClipReader] = OrderedDict()
        self._breaths: OrderedDict[BreathSound, Breath] = OrderedDict()
        self._own: dict[str, ClipReader] = {}
        self._song: tuple[str, SongReader] | None = None

    def clip(self, sound: ClipSound) -> ClipReader:
        """A clip."""
        if sound.path not in self._clips:
            self._clips[sound.path] = ClipReader(sound.path)
            while len(self._clips) > 1 and sum(clip.nbytes for clip in self._clips.values()) > KEPT_CLIP_BYTES:
                self._clips.popitem(last=False)[1].close()
        self._clips.move_to_end(sound.path)
        return self._clips[sound.path]

    def bell(self, sound: BellSound) -> ClipReader:
        """A bell."""
        return self._reader(f"bells/{sound.bell.value}.flac", ClipReader)

    def bed(self, sound: BedSound) -> ClipReader:
        """An ambience, without end."""
        return self._loop(f"ambience/{sound.ambience.value}.ogg")

    def song(self, sound: SongSound) -> SongReader:
        """The user's song; another one takes its place."""
        if self._song is None or self._song[0] != sound.path:
            if self._song is not None:
                self._song[1].close()
            self._song = sound.path, SongReader(sound.path)
        return self._song[1]

    def breath(self, sound: BreathSound) -> Breath:
        """One phase of a breath, float32, shape (frames,)."""
        if sound not in self._breaths:
            while len(self._breaths) >= KEPT_BREATHS:
                self._breaths.popitem(last=False)
            self._breaths[sound] = breath_samples(sound, lambda name: self._noise(name, sound.ms))
        self._breaths.move_to_end(sound)
        return self._breaths[sound]

    def breath_ahead(self, sounds: Iterable[BreathSound]) -> bool:
        """Compute one that is not there yet, while there is room; whether any was left."""
        missing = next((sound for sound in sounds if sound not in self._breaths), None)
        left = missing is not None and len(self._breaths) < KEPT_BREATHS
        if missing is not None and left:
            self.breath(missing)
        return left

    def loops(self, sound: Sound) -> tuple[ClipReader | SongReader, ...]:
        """The long files that a sound is made from, which are decoded ahead."""
        if isinstance(sound, SongSound):
            return (self.song(sound),)
        if isinstance(sound, BedSound):
            return (self.bed(sound),)
        if isinstance(sound, BreathSound) and sound.kind is BreathSet.SWELL:
            return tuple(self._loop(f"breath/{name}.flac") for name in ("in", "out"))
        return ()

    def close(self) -> None:
        """Let go of everything."""
        for reader in (*self._clips.values(), *self._own.values()):
            reader.close()
        if self._song is not None:
            self._song[1].close()
            self._song = None
        self._clips.clear()
        self._breaths.clear()
        self._own.clear()

    def _noise(self, name: str, ms: int) -> Breath:
        samples: Samples = self._loop(f"breath/{name}.flac").read(0, ms * FRAMES_PER_MS)
        return samples[:, 0].astype(np.float32) / np.float32(32_768)

    def _loop(self, name: str) -> ClipReader:
        return self._reader(name, LoopReader)

    def _reader(self, name: str, kind: type[ClipReader]) -> ClipReader:
        if name not in self._own:
            path = self._sounds / name
            if not path.is_file():
                raise FileNotFoundError(ENOENT, strerror(ENOENT), str(path))
            self._own[name] = kind(path)
        return self._own[name]
