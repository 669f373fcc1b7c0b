"""Noise as a loop: drawn in the frequency domain, so that its end runs into its beginning without a seam."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
"""Frames a second of every sound."""

HISS_FROM, HISS_GONE = 6_000.0, 7_800.0
"""No noise reaches up to where it would be heard as hiss, in Hz."""

Wave = NDArray[np.float64]
"""A sound, full scale 1: (frames,) in mono, (frames, 2) in stereo."""

Shape = Callable[[Wave], Wave]
"""Frequencies in Hz (all above 0) to amplitudes."""


def chance(count: int, seed: int) -> Wave:
    """Numbers from 0 to 1, the same ones for ever: numpy keeps the raw bits of PCG64 from version to version."""
    return (np.random.PCG64(seed).random_raw(count) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def band(low: float, high: float, tilt: float = 0.0, steepness: float = 2.0) -> Shape:
    """Between two corners (Hz), ``tilt`` dB an octave within, ``6 * steepness`` dB an octave outside."""

    def shape(hz: Wave) -> Wave:
        slope = (hz / low) ** (tilt / (20 * np.log10(2.0)))
        corners = (1 + (low / hz) ** (2 * steepness)) * (1 + (hz / high) ** (2 * steepness))
        hiss = np.clip((hz - HISS_FROM) / (HISS_GONE - HISS_FROM), 0.0, 1.0)
        amplitudes: Wave = slope / np.sqrt(corners) * (1 + np.cos(np.pi * hiss)) / 2
        return amplitudes

    return shape


def noise(frames: int, seed: int, shape: Shape) -> Wave:
    """A loop of noise in this shape, with an RMS of 1: every frequency by its amplitude, each phase by chance."""
    hz = frequencies(frames)
    spectrum = np.zeros(len(hz), np.complex128)
    spectrum[1:-1] = shape(hz[1:-1]) * np.exp(2j * np.pi * chance(len(hz) - 2, seed))
    drawn = np.fft.irfft(spectrum, frames)
    return drawn / rms(drawn)


def frequencies(frames: int) -> Wave:
    """Of the real spectrum of so many frames, in Hz."""
    hz: Wave = np.arange(frames // 2 + 1, dtype=np.float64) * (RATE / frames)
    return hz


def smooth(loop: Wave, seconds: float) -> Wave:
    """The loop without what changes faster than this: a Gaussian of this width, laid round the loop."""
    hz = frequencies(len(loop))
    return np.fft.irfft(np.fft.rfft(loop) * np.exp(-((np.pi * hz * seconds) ** 2) / 4), len(loop))


def drift(frames: int, seed: int, seconds: float) -> Wave:
    """Something that wanders by chance, slower than ``seconds``, about 0 with an RMS of 1."""
    return noise(frames, seed, lambda hz: np.exp(-((hz * seconds) ** 2)))


def steady(loop: Wave, seconds: float) -> Wave:
    """The loop with its loudness evened out, down to changes as short as this."""
    even: Wave = loop / np.sqrt(smooth(loop**2, seconds))
    return even


def rms(wave: Wave) -> float:
    return float(np.sqrt(np.mean(wave**2)))
