"""Programs for speech, made up for tests."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 22_050


def write_speech(path: Path, ms: int, channels: int = 1, before_ms: int = 300, after_ms: int = 300) -> None:
    """A hum that comes and goes ten times a second, like syllables, with silence at both ends."""
    seconds = np.arange(ms * RATE // 1000) / RATE
    hum = sum(np.sin(2 * np.pi * hz * seconds) for hz in (150, 310, 700, 1_900))
    said = hum * np.sin(np.pi * 10 * seconds) ** 2 * 0.05
    before, after = np.zeros(before_ms * RATE // 1000), np.zeros(after_ms * RATE // 1000)
    sound: NDArray[np.int16] = (np.concatenate([before, said, after]) * 32_767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.repeat(sound, channels).tobytes())


class Speaker:
    """A program that says every sentence in half a second, and notes it."""

    name = "speaker"

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def available(self, lang: str) -> bool:
        return True

    def speak(self, text: str, lang: str, path: Path) -> bool:
        self.said.append((text, lang))
        write_speech(path, 500)
        return True


class Mute(Speaker):
    """A program that fails."""

    def speak(self, text: str, lang: str, path: Path) -> bool:
        self.said.append((text, lang))
        return False


class Babble(Speaker):
    """A program that writes what is no sound."""

    def speak(self, text: str, lang: str, path: Path) -> bool:
        path.write_text("no sound")
        return True
