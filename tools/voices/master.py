"""Clean, even and safe to play: filters, loudness, true peak."""

from __future__ import annotations

import numpy as np
import pyloudnorm
from numpy.typing import NDArray
from scipy import ndimage, signal

from calmtray.sound.rate import RATE

Sound = NDArray[np.float64]
"""One channel, full scale at 1."""


def cleaned(speech: NDArray[np.float32], rate: int) -> Sound:
    """Without rumble below 70 Hz (forward and back: no delay), nor the vocoder's hiss above 10.5 kHz."""
    low = signal.butter(2, 70, "high", fs=rate, output="sos")
    high = signal.butter(4, 10_500, "low", fs=rate, output="sos")
    clean: Sound = signal.sosfilt(high, signal.sosfiltfilt(low, speech.astype(np.float64)))
    return clean


def loudness(sound: Sound) -> float:
    """Integrated loudness at 48 kHz in LUFS (ITU-R BS.1770-4)."""
    return float(pyloudnorm.Meter(RATE).integrated_loudness(sound))


def true_peak(sound: Sound) -> float:
    """The highest peak in dBTP, between the samples too: four times oversampled (BS.1770-4, annex 2)."""
    return float(20 * np.log10(_peaks(sound).max() + 1e-12))


def raised(sound: Sound, lufs: float, highest_dbtp: float) -> Sound:
    """At this loudness, its peaks held below ``highest_dbtp``.

    Where a peak would pass, the gain sinks ahead of it and recovers after it, 5 ms each, along a smooth curve.
    """
    loud = sound * 10 ** ((lufs - loudness(sound)) / 20)
    gain = np.minimum(1.0, 10 ** (highest_dbtp / 20) / np.maximum(_peaks(loud), 1e-9))
    if gain.min() == 1.0:
        return loud
    reach = 10 * RATE // 1000 + 1
    curve = np.hanning(reach + 2)[1:-1]
    lowest = ndimage.minimum_filter1d(gain, reach, mode="nearest")
    eased: Sound = ndimage.convolve1d(lowest, curve / curve.sum(), mode="nearest")
    return loud * eased


def _peaks(sound: Sound) -> Sound:
    """For each sample the highest of it and of what lies between it and the next."""
    between = signal.resample_poly(sound, 4, 1)
    peaks: Sound = np.abs(between).reshape(-1, 4).max(axis=1)
    return peaks
