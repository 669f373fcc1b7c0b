"""What the microphone hears, written into a WAV as it comes: 48 kHz, mono, 16 bit."""

from __future__ import annotations

import wave
from contextlib import suppress
from io import BufferedWriter
from pathlib import Path
from threading import Lock, Thread

import numpy as np

from calmtray.sound.clips import FULL_SCALE, LONGEST_MS
from calmtray.sound.device import Microphone
from calmtray.sound.rate import FRAMES_PER_MS, RATE

FRAME_BYTES = 2


class Recording:
    """One recording, from ``start`` to ``stop``; what comes after five minutes, the most a clip may last, is left out.

    Nothing is trimmed: whoever reads a clip does that.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._file: wave.Wave_write | None = None
        self._written: BufferedWriter | None = None
        self._microphone: Microphone | None = None
        self._frames = 0
        self._peak = 0
        self._loudest = 0
        self._failed: OSError | None = None

    def start(self) -> None:
        """Open the microphone, which may take a while. Raises NoDevice, or OSError where the file can't be written."""
        # Opened here, not by wave, which stumbles over itself where that fails.
        self._written = self.path.open("wb")
        file = wave.open(self._written, "wb")  # noqa: SIM115 - it is closed in stop()
        file.setnchannels(1)
        file.setsampwidth(FRAME_BYTES)
        file.setframerate(RATE)
        self._file = file
        try:
            self._microphone = Microphone(self._take)
        except BaseException:
            self.stop()
            self.path.unlink(missing_ok=True)
            raise

    def stop(self) -> None:
        """Hear no more. Raises OSError where not everything could be written.

        The device is let go on a thread of its own: a sound server that hangs holds nobody up.
        """
        with self._lock:
            file, self._file = self._file, None
            microphone, self._microphone = self._microphone, None
        if microphone is not None:
            Thread(target=microphone.close, name="microphone", daemon=True).start()
        if file is not None:
            self._close(file)
        if self._failed is not None:
            raise self._failed

    @property
    def ms(self) -> int:
        """How much was heard."""
        return self._frames // FRAMES_PER_MS

    @property
    def done(self) -> bool:
        """Whether no more goes into it."""
        return self.ms >= LONGEST_MS or self._failed is not None

    @property
    def loudest(self) -> float:
        """The highest peak of all, 0..1."""
        return self._loudest / FULL_SCALE

    def peak(self) -> float:
        """The highest peak since this was last asked, 0..1."""
        peak, self._peak = self._peak, 0
        return peak / FULL_SCALE

    def _close(self, file: wave.Wave_write) -> None:
        """Write what is held back, and how much there is in all."""
        assert self._written is not None
        try:
            file.close()
            self._written.close()
        except OSError as error:
            self._failed = self._failed or error
            with suppress(OSError):
                self._written.close()

    def _take(self, heard: bytes) -> None:
        """On the device's thread."""
        with self._lock:
            if self._file is None or self.done:
                return
            left = LONGEST_MS * FRAMES_PER_MS - self._frames
            samples = np.frombuffer(heard, np.int16)[:left]
            peak = int(np.abs(samples.astype(np.int32)).max(initial=0))
            self._peak, self._loudest = max(self._peak, peak), max(self._loudest, peak)
            self._frames += len(samples)
            try:
                self._file.writeframesraw(samples.tobytes())
            except OSError as error:
                self._failed = error
