"""A recording played back by itself, as it is: for whoever has just made it."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import numpy as np

from calmtray.sound.clips import FULL_SCALE, read
from calmtray.sound.device import CHANNELS, PERIOD_MS, QUEUED_MS, Device
from calmtray.sound.rate import FRAMES_PER_MS

AFTERWARDS_FRAMES = (PERIOD_MS + QUEUED_MS) * FRAMES_PER_MS
"""What was handed over last is heard only then."""


class Listening:
    """One playing of a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._device: Device | None = None
        self._sound = np.zeros((0, CHANNELS), np.float32)
        self._at = 0

    def start(self) -> None:
        """Open the device, which may take a while. Raises ClipError or NoDevice."""
        samples = read(self.path).astype(np.float32) / np.float32(FULL_SCALE)
        self._sound = np.repeat(samples, CHANNELS, axis=1) if samples.shape[1] == 1 else samples
        self._device = Device(self._fill)

    def stop(self) -> None:
        """Be silent. The device is let go on a thread of its own: a sound server that hangs holds nobody up."""
        device, self._device = self._device, None
        if device is not None:
            Thread(target=device.close, name="listening", daemon=True).start()

    @property
    def done(self) -> bool:
        """Whether all of it has been heard."""
        return self._at >= len(self._sound) + AFTERWARDS_FRAMES

    def _fill(self, frames: int) -> bytes:
        """On the device's thread."""
        block = np.zeros((frames, CHANNELS), np.float32)
        part = self._sound[self._at : self._at + frames]
        block[: len(part)] = part
        self._at += frames
        return block.tobytes()
